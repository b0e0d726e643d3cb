import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { humanSize } from '../../../base/format';
import { text } from '../../../base/read';
import { Throttle } from '../../../base/schedule';
import { writeWhole } from '../../../base/wholeFile';
import type { Engine } from '../../../engine/connection/engine';
import type { LogOptions } from '../../../engine/logs/log';
import { type PrintedLines, printedLog } from '../../../engine/logs/printed';
import type { Action } from '../../actions/action';
import { forTarget } from '../../actions/forEach';
import { targetOf } from '../../actions/targets';
import { tellFailure } from '../../actions/tell';
import { answered, Failure } from '../../failure';
import { containers, type ContainerTarget } from '../../objects/containers';
import type { Report } from '../../progress';
import type { CommandContext, Handler } from '../../run';
import { readable } from '../../terminals/logs/logFailures';
import { plainText } from '../../terminals/logs/logLine';
import { Sanitiser } from '../../terminals/sanitise';
import { quoted } from '../../text';
import * as phrases from './phrases';
import { askRange, givenRange } from './range';

const saving: Action<ContainerTarget> = { kind: containers, phrases: phrases.save };

/** How often it is told how much was saved, in milliseconds. */
const tellEveryMs = 200;

/**
 * Saves a log as the container printed it, both streams in the order of time. A program gives the file's absolute `path`,
 * and may give `since`, `until` and `tail`. Returns the path.
 */
export const saveLogs: Handler = async context => {
  const target = await targetOf(context, saving);
  const { engine } = context.session.current;
  const range =
    givenRange(context.call) ??
    (context.call.fromProgram ? {} : await askRange(phrases.save.doing(quoted(target.name))));
  const path = await fileFor(context, target.name);
  const bytes = await forTarget(phrases.save, target.name, (signal, report) =>
    saveTo(path, engine, target.id, { ...range, signal }, report),
  );
  if (!context.call.fromProgram) void offerToOpen(path, bytes, context.log);
  return path;
};

async function fileFor({ call }: CommandContext, name: string): Promise<string> {
  const path = text(call.options['path']);
  if (path !== '') {
    if (!isAbsolute(path)) throw new Failure(vscode.l10n.t('The path of the file must be absolute: {0}', quoted(path)));
    return path;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replace(/[^\w.-]/g, '_')}.log`;
  const defaultUri =
    folder?.scheme === 'file' ? vscode.Uri.joinPath(folder, file) : vscode.Uri.file(join(homedir(), file));
  const uri = await answered(
    vscode.window.showSaveDialog({ defaultUri, filters: { [vscode.l10n.t('Logs')]: ['log', 'txt'] } }),
  );
  if (uri.scheme !== 'file') throw new Failure(vscode.l10n.t('A log can be saved to a file of this machine only'));
  return uri.fsPath;
}

/** Streams a log into a file, which is not touched before all of it has come. */
async function saveTo(path: string, engine: Engine, id: string, options: LogOptions, report: Report): Promise<number> {
  let bytes = 0;
  const telling = new Throttle(tellEveryMs, () => report({ message: humanSize(bytes) }));
  async function* contents(): AsyncGenerator<Buffer> {
    for await (const lines of readable(printedLog(engine, id, options))) {
      const chunk = Buffer.concat(lines.map(line => line.bytes));
      bytes += chunk.length;
      telling.trigger();
      yield chunk;
    }
  }
  try {
    await writeWhole(path, contents());
  } finally {
    telling.dispose();
  }
  return bytes;
}

async function offerToOpen(path: string, bytes: number, log: CommandContext['log']): Promise<void> {
  const openFile = vscode.l10n.t('Open');
  const message = vscode.l10n.t('Saved {0} to {1}', humanSize(bytes), quoted(path));
  if ((await vscode.window.showInformationMessage(message, openFile)) !== openFile) return;
  try {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path));
  } catch (error) {
    tellFailure(error, 'quayside.container.saveLogs', log);
  }
}

/** A document is made of this many last lines at most, and of so many bytes of them: VS Code shows no document of 50 MB. */
const documentLines = 10_000;
const documentBytes = 10_000_000;

/** The end of a log as a document: text alone, without colours. Its first line tells when not all of the lines are there. */
export async function logText(engine: Engine, id: string, options: { signal: AbortSignal }): Promise<string> {
  const kept: { text: string; bytes: number }[] = [];
  let bytes = 0;
  let count = 0;
  let cutTo: string | undefined;
  const sanitisers = { stdout: new Sanitiser('lines'), stderr: new Sanitiser('lines') };
  const clean = ({ stream, bytes }: PrintedLines): string => {
    const lines = sanitisers[stream].write(bytes.toString('utf8')).replace(/\r+\n/g, '\n');
    return lines.split('\r').map(plainText).join('\n');
  };
  for await (const lines of readable(printedLog(engine, id, { ...options, tail: documentLines + 1 }))) {
    for (const printed of lines) kept.push({ text: clean(printed), bytes: printed.bytes.length });
    count += lines.reduce((sum, printed) => sum + lineFeedsIn(printed.bytes), 0);
    bytes += lines.reduce((sum, printed) => sum + printed.bytes.length, 0);
    for (let first = kept[0]; first && bytes > documentBytes; first = kept[0]) {
      bytes -= first.bytes;
      cutTo = humanSize(documentBytes);
      kept.shift();
    }
  }
  const [first] = kept;
  if (first && cutTo === undefined && count > documentLines) {
    cutTo = phrases.lines(documentLines);
    first.text = first.text.slice(first.text.indexOf('\n') + 1);
  }
  return (cutTo === undefined ? '' : `${phrases.cutDocument(cutTo)}\n`) + kept.map(({ text }) => text).join('');
}

function lineFeedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) count++;
  return count;
}

/** Shows the last lines of a log as a read-only document. */
export const openLogs: Handler = async context => {
  const { id, name } = await targetOf(context, { kind: containers, phrases: phrases.open });
  const { endpoint } = context.session.current.engine;
  const document = await forTarget(phrases.open, name, signal =>
    context.documents.show({ kind: 'log', id, engine: endpoint }, { name, extension: 'log' }, signal),
  );
  return document.uri.toString();
};

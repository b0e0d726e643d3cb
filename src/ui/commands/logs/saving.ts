import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { humanSize } from '../../../base/format';
import { text } from '../../../base/read';
import { Throttle } from '../../../base/schedule';
import { writeWhole } from '../../../base/wholeFile';
import type { Engine } from '../../../engine/connection/engine';
import type { LogOptions } from '../../../engine/logs/log';
import { printedLog } from '../../../engine/logs/printed';
import type { Action } from '../../actions/action';
import { forTarget } from '../../actions/forEach';
import { targetOf } from '../../actions/targets';
import { tellFailure } from '../../actions/tell';
import { answered, Failure } from '../../failure';
import { containers, type ContainerTarget } from '../../objects/containers';
import type { Report } from '../../progress';
import type { CommandContext, Handler } from '../../run';
import { logFailure } from '../../terminals/logs/logFailures';
import { quoted } from '../../text';
import * as phrases from './phrases';
import { askRange, givenRange } from './range';

const saving: Action<ContainerTarget> = { kind: containers, phrases: phrases.save };

/** How often the progress tells how much was saved, in milliseconds. */
const reportEveryMs = 200;

/**
 * Saves a log as the container printed it, both streams in the order of time, and returns the file's path. A program must
 * give the absolute `path`, and may give `since`, `until` and `tail`.
 */
export const saveLogs: Handler = async context => {
  const target = await targetOf(context, saving);
  const { engine } = context.session.current;
  const range =
    givenRange(context.call) ??
    (context.call.fromProgram ? {} : await askRange(phrases.save.doing(quoted(target.name))));
  const path = await fileFor(context, target.name);
  const size = await forTarget(phrases.save, target.name, (signal, report) =>
    saveTo(path, engine, target.id, { ...range, signal }, report),
  );
  if (!context.call.fromProgram) void offerToOpen(path, size, context.log);
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

/** Streams a log into a file, and returns its size. The file is not touched before all of the log has come. */
async function saveTo(path: string, engine: Engine, id: string, options: LogOptions, report: Report): Promise<number> {
  let size = 0;
  const reporting = new Throttle(reportEveryMs, () => report({ message: humanSize(size) }));
  async function* contents(): AsyncGenerator<Buffer> {
    for await (const lines of printedLog(engine, id, options)) {
      const chunk = Buffer.concat(lines.map(({ bytes }) => bytes));
      size += chunk.length;
      reporting.trigger();
      yield chunk;
    }
  }
  try {
    await writeWhole(path, contents());
  } catch (error) {
    throw logFailure(error);
  } finally {
    reporting.dispose();
  }
  return size;
}

async function offerToOpen(path: string, size: number, log: CommandContext['log']): Promise<void> {
  const openFile = vscode.l10n.t('Open');
  const message = vscode.l10n.t('Saved {0} to {1}', humanSize(size), quoted(path));
  if ((await vscode.window.showInformationMessage(message, openFile)) !== openFile) return;
  try {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path));
  } catch (error) {
    tellFailure(error, 'quayside.container.saveLogs', log);
  }
}

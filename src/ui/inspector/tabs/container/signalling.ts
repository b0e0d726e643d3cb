import * as vscode from 'vscode';
import type { Json } from '../../../../base/read';
import { maskedText } from '../../../../base/secrets';
import type { Engine } from '../../../../engine/connection/engine';
import { signalProcess } from '../../../../engine/processes/signals';
import { confirm } from '../../../actions/confirm';
import { forTarget } from '../../../actions/forEach';
import { Failure } from '../../../failure';
import { unixSignals } from '../../../objects/unixSignals';
import { plain, quoted } from '../../../text';
import type { Source } from '../source';
import { commandOf } from './processes';

const longestCommand = 200;

/** A process on the page, and the signal to send to it. */
export interface Signalling {
  pid: number;
  /** Its command as the page shows it. */
  command: string;
  unixSignal: string;
}

/** Sends a signal to a process if it still runs the same command. Asks first, unless the signal only wakes it. */
export async function sendSignal(
  engine: Engine,
  name: string,
  { json, notes }: { json: Json; notes: Source['notes'] },
  { pid, command, unixSignal }: Signalling,
): Promise<void> {
  if (unixSignals().every(known => known.name !== unixSignal)) return;
  const what = vscode.l10n.t('{0} to process {1} of {2}', unixSignal, pid, quoted(name));
  if (unixSignal !== 'SIGCONT') {
    const send = vscode.l10n.t('Send {0}', unixSignal);
    await confirm({
      message: vscode.l10n.t('Send {0}?', what),
      detail: plain(maskedText(command), longestCommand),
      actions: { send },
    });
  }
  const phrases = {
    doing: () => vscode.l10n.t('Sending {0}', what),
    failed: (_name: string, cause: string) => vscode.l10n.t('Could not send {0}: {1}', what, cause),
  };
  await forTarget(phrases, name, async signal => {
    const now = await commandOf(engine, json, notes, pid, { signal });
    if (now !== command) throw new Failure(phrases.failed(name, changeText(now)));
    await signalProcess(engine, json, { pid: String(pid), unixSignal, signal });
  });
}

/** The process may run another program now, or may have ended and its number may be another's. */
function changeText(command: string | undefined): string {
  if (command === undefined) return vscode.l10n.t('it has ended');
  return vscode.l10n.t('that number runs something else now, {0}', quoted(maskedText(command)));
}

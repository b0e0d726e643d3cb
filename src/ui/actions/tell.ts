import * as vscode from 'vscode';
import { Failure, isCanceled } from '../failure';
import type { Log } from '../log';
import { causeOf } from '../text';

/** Tells a person why something failed, and logs it under the command's id. A cancel is silent. */
export function tellFailure(error: unknown, id: string, log: Log): void {
  if (!isCanceled(error)) void showFailure(logged(error, id, log), log);
}

export function logged(error: unknown, id: string, log: Log): Failure {
  const failure = error instanceof Failure ? error : new Failure(causeOf(error), { cause: error });
  log.error(`${id}: ${failure.message}`);
  return failure;
}

async function showFailure(failure: Failure, log: Pick<Log, 'show'>): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(failure.message, showLog)) === showLog) log.show();
}

/** Shows a result, without waiting until it is read. */
export function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}

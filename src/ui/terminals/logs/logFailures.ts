import * as vscode from 'vscode';
import { isUnreadable } from '../../../engine/logs/log';
import { Failure } from '../../failure';
import { causeOf, quoted } from '../../text';

/** A failure to read a log. If the log driver is the reason, the failure says what to do. */
export function logFailure(error: unknown): unknown {
  return isUnreadable(error) ? new Failure(logCause(error), { cause: error }) : error;
}

/** Why a log could not be read: the engine's sentence, and if the log driver is the reason, what to do. */
export function logCause(error: unknown): string {
  if (!isUnreadable(error)) return causeOf(error);
  return vscode.l10n.t(
    '{0}. Look for the log where its log driver sends it, or make the container anew with the log driver {1} or {2}',
    ...[causeOf(error), quoted('json-file'), quoted('local')],
  );
}

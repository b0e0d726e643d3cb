import * as vscode from 'vscode';
import { isUnreadable } from '../../../engine/logs/log';
import { Failure, isCanceled } from '../../failure';
import { causeOf, quoted } from '../../text';

/** The items of a log; where the engine cannot read it, the failure says what to do. */
export async function* readable<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw isUnreadable(error) ? new Failure(logCause(error), { cause: error }) : error;
  }
}

/** The items of a log; a failure becomes a sentence about it. */
export async function* withSentence<T>(items: AsyncIterable<T>, failed: (cause: string) => string): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw isCanceled(error) ? error : new Failure(failed(logCause(error)), { cause: error });
  }
}

/** Why a log could not be read: the engine's sentence, and about a log driver that cannot be read what to do then. */
export function logCause(error: unknown): string {
  if (!isUnreadable(error)) return causeOf(error);
  return vscode.l10n.t(
    '{0}. Look for the log where its log driver sends it, or make the container anew with the log driver {1} or {2}',
    ...[causeOf(error), quoted('json-file'), quoted('local')],
  );
}

import * as vscode from 'vscode';
import { isUnreadable } from '../../engine/logs';
import { Failure } from '../failure';
import { causeOf, quoted } from '../words';

/** The items of a log; where the engine cannot read it, the failure says what to do. */
export async function* readable<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw isUnreadable(error) ? new Failure(whatToDo(error), { cause: error }) : error;
  }
}

/** The engine's sentence about a log driver that cannot be read, and what to do then. */
function whatToDo(error: unknown): string {
  return vscode.l10n.t(
    '{0}. Look for the log where its log driver sends it, or make the container anew with the log driver {1} or {2}',
    ...[causeOf(error), quoted('json-file'), quoted('local')],
  );
}

import * as vscode from 'vscode';
import { withoutSecrets } from '../base/secrets';
import { oneLine, withoutMarkup } from '../base/visible';
import { isEngineError } from '../engine/errors';
import { errorText } from './errors/errorText';

const longestName = 80;
const longestCause = 400;
const mostListed = 10;

/** A name within a sentence. */
export function quoted(name: string): string {
  return `“${plain(name)}”`;
}

/** A foreign name on a label or in a sentence: one line, no icon, no link. */
export function plain(name: string, max = longestName): string {
  return withoutMarkup(oneLine(name, max));
}

/** Names within a sentence: “a”, “b” and 3 more. */
export function quotedList(names: readonly string[], most = 5): string {
  const listed = names.slice(0, most).map(quoted).join(', ');
  return names.length > most ? vscode.l10n.t('{0} and {1} more', listed, names.length - most) : listed;
}

/** Names below a question, a line each. */
export function nameLines(names: readonly string[]): string {
  const lines = names.slice(0, mostListed).map(name => `• ${plain(name)}`);
  if (names.length > mostListed) lines.push(vscode.l10n.t('… and {0} more', names.length - mostListed));
  return lines.join('\n');
}

/** What is said in place of something whose engine was left. */
export function ofAnotherEngine(engine: string): string {
  return vscode.l10n.t('This is of the engine {0}, which is not in use now', quoted(engine));
}

/** Why there are no rows of some kind (`Mirror.isForbidden`). */
export function forbiddenText(): string {
  return vscode.l10n.t('The engine, or a proxy before it, does not allow this to be listed');
}

/** The cause of a failure, to end a sentence with: the engine's own words where it gave some. */
export function causeOf(error: unknown): string {
  const words = wordsOf(error);
  if (isEngineError(error) && error.answerLost) {
    return vscode.l10n.t('the connection was lost before the engine answered ({0})', words);
  }
  return isEngineError(error, 'unreachable') ? vscode.l10n.t('the engine does not answer ({0})', words) : words;
}

/** The same for a sentence that says already that the engine does not answer. */
export function wordsOf(error: unknown): string {
  return plain(withoutSecrets(errorText(error)), longestCause).replace(/\.$/, '');
}

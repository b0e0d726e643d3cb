import assert from 'node:assert/strict';
import type * as ErrorTextModule from '../../src/ui/errors/errorText';
import { l10n, loadAnew } from '../unit/ui/vscodeStub';

const tables = ['requestSentences', 'endpointSentences', 'fileText', 'tlsSentences', 'sshSentences'];

/** Loaded with texts of its own: another test may have loaded it with a VS Code that has none. */
const { errorText } = loadAnew(
  tables.map(name => `errors/${name}`),
  'errors/errorText',
  { l10n },
) as typeof ErrorTextModule;

/** The sentence that a person reads of an error of the rooms below `ui`. */
export function sentenceOf(error: unknown): string {
  return errorText(error);
}

/** For `assert.rejects` and `assert.throws`: the error is told in such words. */
export function saying(words: RegExp): (error: unknown) => boolean {
  return error => {
    assert.match(sentenceOf(error), words);
    return true;
  };
}

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as LinksModule from '../../../../src/ui/inspector/links';
import { l10n, loadAnew } from '../vscodeStub';

/** The paths that were shown. */
const shown: string[] = [];
const vscode = {
  l10n,
  Uri: { file: (path: string) => path },
  window: { showTextDocument: (path: string) => Promise.resolve(void shown.push(path)) },
};
const { follow } = loadAnew([], 'inspector/links', vscode) as typeof LinksModule;

describe('A link to a path', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const opened = (path: string): Promise<void> => follow({ kind: 'path', path }, () => Promise.resolve());

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'quayside-links-'));
    writeFileSync(at('file'), '');
    symlinkSync(at('loop'), at('loop'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('opens a file', async () => {
    await opened(at('file'));
    assert.deepEqual(shown, [at('file')]);
  });

  const refused: Readonly<Record<string, readonly [path: () => string, sentence: RegExp]>> = {
    'is not there': [() => at('none'), /^There is no “.*none” on this machine$/],
    'leads through a file': [() => at('file/none'), /^There is no “.*none” on this machine$/],
    'cannot be looked at': [() => at('loop'), /^Could not open “.*loop”: ELOOP\b/],
    'is of neither kind': [() => '/dev/null', /^“\/dev\/null” is neither a file nor a folder$/],
    'is of another machine': [() => '//server/share', /^“\/\/server\/share” is no path of this machine$/],
    'is relative': [() => 'compose.yaml', /^“compose\.yaml” is no path of this machine$/],
  };
  for (const [what, [path, message]] of Object.entries(refused)) {
    it(`says why it opens nothing where that ${what}`, async () => {
      await assert.rejects(opened(path()), { name: 'Failure', message });
    });
  }
});

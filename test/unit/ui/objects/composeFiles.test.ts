import assert from 'node:assert/strict';
import path from 'node:path';
import type { Compose } from '../../../../src/engine/objects/containers/compose';
import { composeFiles } from '../../../../src/ui/objects/composeFiles';

const claim = (workingDir: string, ...configFiles: string[]): Compose => ({
  project: 'p',
  service: 's',
  number: '1',
  oneOff: false,
  workingDir,
  configFiles,
});

describe('composeFiles', () => {
  const cases: [name: string, claims: (Compose | undefined)[], files: string[]][] = [
    ['takes absolute paths', [claim('/app', '/app/compose.yaml')], ['/app/compose.yaml']],
    ['puts relative ones below the working folder', [claim('/app', '../a/c.yml')], ['/a/c.yml']],
    [
      'names each file once',
      [claim('/app', 'c.yml'), claim('/app', 'c.yml', 'd.yml'), undefined],
      ['/app/c.yml', '/app/d.yml'],
    ],
    ['leaves out what is relative to nothing', [claim('', 'c.yml'), claim('app', 'c.yml')], []],
    ['leaves out network shares', [claim('', '//host/share/c.yml'), claim('//host/share', 'c.yml')], []],
    ['leaves out what no path can be', [claim('/app', 'a\0b')], []],
  ];
  for (const [name, claims, files] of cases) {
    it(name, () => {
      assert.deepEqual(composeFiles(claims, path.posix), files);
    });
  }

  it('leaves out network shares of Windows', () => {
    const claims = [claim('C:\\app', 'c.yml', '\\\\host\\share\\c.yml'), claim('\\\\host\\share', 'd.yml')];
    assert.deepEqual(composeFiles(claims, path.win32), ['C:\\app\\c.yml']);
  });
});

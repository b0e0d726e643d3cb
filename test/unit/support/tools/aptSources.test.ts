import assert from 'node:assert/strict';
import { findMirror } from '../../../support/tools/aptSources';

const paragraphs = `Types: deb
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /keys/archive.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;

const lines = `# deb http://old.example/debian bookworm main
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 trusted=yes] http://mirror.example/debian bookworm main contrib
deb http://mirror.example/debian trixie main
`;

describe('findMirror', () => {
  const cases = [
    {
      name: 'reads paragraphs with their key',
      text: paragraphs,
      suite: 'bookworm',
      mirror: {
        uri: 'http://mirror.example/debian',
        components: 'main contrib',
        options: '[signed-by=/keys/archive.gpg] ',
      },
    },
    {
      name: 'reads one-line entries with their options, and no commented or source entries',
      text: lines,
      suite: 'bookworm',
      mirror: { uri: 'http://mirror.example/debian', components: 'main contrib', options: '[arch=amd64 trusted=yes] ' },
    },
    {
      name: 'reads one-line entries without options',
      text: lines,
      suite: 'trixie',
      mirror: { uri: 'http://mirror.example/debian', components: 'main', options: '' },
    },
    { name: 'finds nothing where no entry names the suite', text: paragraphs, suite: 'sid', mirror: undefined },
  ];
  for (const { name, text, suite, mirror } of cases) {
    it(name, () => assert.deepEqual(findMirror(['', text], suite), mirror));
  }
});

import fc from 'fast-check';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { shellLine, shellWord, splitWords } from '../../../src/base/shell';

describe('shellWord', () => {
  const cases: [text: string, word: string][] = [
    ['nginx:1.27', 'nginx:1.27'],
    ['--name', '--name'],
    ['A=b', 'A=b'],
    ['', "''"],
    ['=ls', "'=ls'"],
    ['~', "'~'"],
    ['a b', "'a b'"],
    ["it's", String.raw`'it'\''s'`],
    ['$(reboot) `x` $HOME !! *', "'$(reboot) `x` $HOME !! *'"],
    ['a\nb', "'a\nb'"],
    ['a\x1b[201~\x03b!', String.raw`$'a\033[201~\003b\041'`],
    ['a\u202eb', String.raw`$'a\342\200\256b'`],
    ["\t'\\", String.raw`$'\011\'\\'`],
  ];
  for (const [text, word] of cases) {
    it(`quotes ${JSON.stringify(text)}`, () => {
      assert.equal(shellWord(text), word);
    });
  }
});

describe('shellLine', () => {
  const hostile = [
    ...["'", '"', '\\', '$x', '`id`', '$(id)', '!!', '~', '*', '{a,b}', '#a', '', ' ', '\n', 'a\n', '\t', '-n', '--'],
    ...[
      '\x1b[31m',
      '\x7f',
      '\u0085',
      '\u202e',
      '\u2028',
      '😀',
      "'\x01'",
      '\\n\x01',
      '0\x0012'.replace('\0', '\x02'),
      '>a',
      '&',
      ';',
    ],
  ];

  it('gives a shell exactly the words that went in', () => {
    const script = `printf '%s\\0' ${shellLine(hostile)}`;
    const words = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    assert.deepEqual(words, hostile);
  });

  it('is one word after the other', () => {
    assert.equal(shellLine(['docker', 'run', 'a b']), "docker run 'a b'");
  });
});

describe('splitWords', () => {
  const cases: [line: string, words: string[]][] = [
    ['', []],
    ['  ls   -l\t/etc ', ['ls', '-l', '/etc']],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`A="x y" B='$z' C=`, ['A=x y', 'B=$z', 'C=']],
    [`"a\\"b\\c" 'it'\\''s'`, ['a"b\\c', "it's"]],
    [`'' ""`, ['', '']],
    [`'open and "not`, ['open and "not']],
  ];
  for (const [line, words] of cases) {
    it(`takes ${line || 'nothing'} apart as a shell does`, () => assert.deepEqual(splitWords(line), words));
  }

  it('gives back the words that a line was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme-ascii' })), words => {
        const plain = words.filter(word => !/\p{Cc}/u.test(word));
        assert.deepEqual(splitWords(shellLine(plain)), plain);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { readCall } from '../../../../src/ui/actions/call';
import type { HasSubject } from '../../../../src/ui/objects/subject';

const node = (id: string): HasSubject => ({ subject: { kind: 'container', id } });
const a = node('a');
const b = node('b');
const selection = (view: string): readonly HasSubject[] => (view === 'quayside.containers' ? [b] : []);

describe('readCall', () => {
  const cases: [name: string, args: unknown[], expected: Partial<ReturnType<typeof readCall>>][] = [
    ['nothing, as the palette calls', [], { subjects: [], names: [], fromProgram: false }],
    ['undefined, as a view’s title may', [undefined, undefined], { subjects: [], names: [], fromProgram: false }],
    ['a clicked node', [a, undefined], { subjects: [a.subject], names: [], fromProgram: false }],
    [
      'a clicked node among selected ones, first',
      [b, [a, b]],
      { subjects: [b.subject, a.subject], fromProgram: false },
    ],
    [
      'a view’s selection, as a key asks for it',
      [{ selection: 'quayside.containers' }],
      { subjects: [b.subject], fromProgram: false },
    ],
    ['a name', ['web'], { names: ['web'], subjects: [], fromProgram: true }],
    [
      'names and options',
      [['web', 'db'], { ask: false }],
      { names: ['web', 'db'], options: { ask: false }, fromProgram: true },
    ],
    ['options alone', [{ ask: false }], { names: [], options: { ask: false }, fromProgram: true }],
    ['options after no name', [undefined, { ask: false }], { names: [], options: { ask: false }, fromProgram: true }],
    ['options that hold the names', [{ target: 'web', timeout: 3 }], { names: ['web'], fromProgram: true }],
    ['something that is no object of ours', [new URL('file:///x')], { subjects: [], names: [], fromProgram: false }],
  ];
  for (const [name, args, expected] of cases) {
    it(`reads ${name}`, () => {
      const call = readCall(args, selection);
      assert.deepEqual({ ...call, ...expected }, call);
    });
  }
});

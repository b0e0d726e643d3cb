import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type * as LabelsModule from '../../../src/ui/commands/labels';
import { withVscodeStub } from './vscodeStub';

const load = createRequire(__filename);
const { readLabels } = withVscodeStub(() => load('../../../src/ui/commands/labels') as typeof LabelsModule);

describe('readLabels', () => {
  const cases: [text: string, labels: Record<string, string> | undefined][] = [
    ['', {}],
    [' , ', {}],
    ['env=dev', { env: 'dev' }],
    ['env=dev, team=web,', { env: 'dev', team: 'web' }],
    ['flag', { flag: '' }],
    ['a=b=c, d=', { a: 'b=c', d: '' }],
    ['note=two words', { note: 'two words' }],
    ['=x', undefined],
    ['a=b, =', undefined],
    ['two words=x', undefined],
  ];
  for (const [text, labels] of cases) it(`reads “${text}”`, () => assert.deepEqual(readLabels(text), labels));
});

import assert from 'node:assert/strict';
import type * as LabelsModule from '../../../../src/ui/commands/labels';
import { loadUi } from '../vscodeStub';

const { readLabels } = loadUi('commands/labels') as typeof LabelsModule;

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

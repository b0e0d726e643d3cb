import assert from 'node:assert/strict';
import type * as AgeTextModule from '../../../../src/ui/objects/ageText';
import { l10n, loadAnew } from '../vscodeStub';

const { ageText } = loadAnew([], 'objects/ageText', { l10n }) as typeof AgeTextModule;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('ageText', () => {
  const cases: [age: number, words: string][] = [
    [0, 'Less than a second'],
    [999, 'Less than a second'],
    [second, '1 second'],
    [59.9 * second, '59 seconds'],
    [minute, 'About a minute'],
    [119 * second, 'About a minute'],
    [2 * minute, '2 minutes'],
    [59.9 * minute, '59 minutes'],
    [hour, 'About an hour'],
    [89 * minute, 'About an hour'],
    [90 * minute, '2 hours'],
    [47.4 * hour, '47 hours'],
    [47.5 * hour, '2 days'],
    [13.9 * day, '13 days'],
    [14 * day, '2 weeks'],
    [59 * day, '8 weeks'],
    [60 * day, '2 months'],
    [729 * day, '24 months'],
    [730 * day, '2 years'],
    [4_000 * day, '10 years'],
  ];
  for (const [age, words] of cases) it(`says “${words}” for ${age / 1000} s`, () => assert.equal(ageText(age), words));
});

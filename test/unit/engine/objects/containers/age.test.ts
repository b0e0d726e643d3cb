import fc from 'fast-check';
import assert from 'node:assert/strict';
import { estimateAge, roundingOf } from '../../../../../src/engine/objects/containers/age';
import type * as AgeTextModule from '../../../../../src/ui/objects/ageText';
import { l10n, loadAnew } from '../../../ui/vscodeStub';

const { ageText } = loadAnew([], 'objects/ageText', { l10n }) as typeof AgeTextModule;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('estimateAge', () => {
  const cases: [status: string, age: number | undefined][] = [
    ['Up Less than a second', 0],
    ['Up 1 second', second],
    ['Up 5 minutes (healthy)', 5 * minute],
    ['Up About a minute (Paused)', minute],
    ['Up About an hour', hour],
    ['Exited (137) 2 hours ago', 2 * hour],
    ['Exited (0) 3 weeks ago', 21 * day],
    ['Restarting (1) 4 seconds ago', 4 * second],
    ['Up 2 months (health: starting)', 60 * day],
    ['Created', undefined],
    ['Dead', undefined],
    ['Removal In Progress', undefined],
    ['', undefined],
    ['Exited (5)', undefined],
  ];
  for (const [status, age] of cases) it(`reads “${status}”`, () => assert.equal(estimateAge(status), age));

  it('reads what ageText says, within the rounding of its words, up or down for hours, else down', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(5 * minute), fc.nat(3 * day), fc.nat(3_000 * day)), age => {
        const read = estimateAge(`Up ${ageText(age)}`);
        assert.ok(read !== undefined);
        assert.ok(Math.abs(age - read) <= roundingOf(read), `${age} read as ${read}`);
        assert.equal(ageText(read), ageText(age));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), text => void estimateAge(text)));
  });
});

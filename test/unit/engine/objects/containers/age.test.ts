import fc from 'fast-check';
import assert from 'node:assert/strict';
import { estimateAge, humanAge, roundingOf } from '../../../../../src/engine/objects/containers/age';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('humanAge', () => {
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
  for (const [age, words] of cases) it(`says “${words}” for ${age / 1000} s`, () => assert.equal(humanAge(age), words));
});

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

  it('reads what humanAge says, within the rounding of its words, up or down for hours, else down', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(5 * minute), fc.nat(3 * day), fc.nat(3_000 * day)), age => {
        const read = estimateAge(`Up ${humanAge(age)}`);
        assert.ok(read !== undefined);
        assert.ok(Math.abs(age - read) <= roundingOf(read), `${age} read as ${read}`);
        assert.equal(humanAge(read), humanAge(age));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), text => void estimateAge(text)));
  });
});

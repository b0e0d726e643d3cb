import assert from 'node:assert/strict';
import { containerKind } from '../../../../../src/engine/objects/containers/kind';
import { type Container, containerRow } from '../../../../../src/engine/objects/containers/row';

describe('A container’s row listed again', () => {
  const row = (status: string, state = 'running'): Container =>
    containerRow({ Id: 'c', State: state, Status: status }, Date.now());
  const merge = (before: Container, after: Container): Container => containerKind.merge?.(before, after) ?? after;
  const ago = (ms: number): Container => ({ ...row('Up 1 second'), since: Date.now() - ms });

  const kept: [name: string, rows: () => [before: Container, after: Container]][] = [
    ['as fresh', () => [ago(5_000), row('Up 5 seconds')]],
    ['of nearly two minutes, which is told as about one', () => [ago(119_000), row('Up About a minute')]],
    ['of minutes', () => [ago(239_000), row('Up 3 minutes')]],
    ['of hours, which are rounded up too', () => [ago(89 * 60_000), row('Up About an hour')]],
    ['of days', () => [ago(71 * 3_600_000), row('Up 2 days')]],
    ['of weeks', () => [ago(20.9 * 86_400_000), row('Up 2 weeks')]],
    ['that is paused', () => [ago(119_000), row('Up About a minute (Paused)', 'paused')]],
  ];
  for (const [name, rows] of kept) {
    it(`keeps the exact start ${name}`, () => {
      const [before, after] = rows();
      assert.equal(merge(before, after).since, before.since);
    });
  }

  const taken: [name: string, rows: () => [before: Container, after: Container]][] = [
    ['that was started anew', () => [ago(20_000), row('Up 2 seconds')]],
    ['that was started anew minutes ago', () => [ago(900_000), row('Up 10 minutes')]],
    ['that stopped', () => [ago(5_000), row('Exited (0) 5 seconds ago', 'exited')]],
  ];
  for (const [name, rows] of taken) {
    it(`takes the new start of one ${name}`, () => {
      const [before, after] = rows();
      assert.equal(merge(before, after).since, after.since);
    });
  }
});

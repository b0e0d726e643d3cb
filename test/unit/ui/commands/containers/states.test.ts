import assert from 'node:assert/strict';
import { Connection } from '../../../../../src/engine/connection/connection';
import type { Engine } from '../../../../../src/engine/connection/engine';
import { type Container, containerRow } from '../../../../../src/engine/objects/containers/row';
import type * as ContainerStatesModule from '../../../../../src/ui/commands/containers/states';
import type { ContainerTarget } from '../../../../../src/ui/objects/containers';
import { containerEntry, FakeEngine, sendJson } from '../../../../support/engines/fakeEngine';
import { until } from '../../../../support/until';
import { l10n, loadAnew } from '../../vscodeStub';

const { restarting, starting, stopping } = loadAnew([], 'commands/containers/states', {
  l10n,
}) as typeof ContainerStatesModule;

const now = Date.parse('2026-01-31T14:00:00Z');
const target = (fields: Parameters<typeof containerEntry>[1]): ContainerTarget => {
  const row: Container = containerRow(containerEntry('a', fields), now);
  return { id: row.id, name: row.name, called: [], row };
};

describe('A start whose answer was lost', () => {
  const begun = now - 5_000;
  const before = target({ State: 'exited', Status: 'Exited (0) 2 hours ago' });
  const cases: [name: string, after: ContainerTarget | undefined, done: boolean][] = [
    ['runs', target({ State: 'running', Status: 'Up 2 seconds' }), true],
    ['has run and ended since, alike', target({ State: 'exited', Status: 'Exited (0) 3 seconds ago' }), true],
    ['has not run since', target({ State: 'exited', Status: 'Exited (0) 2 hours ago' }), false],
    ['was never started', target({ State: 'created', Status: 'Created' }), false],
    ['is gone', undefined, false],
  ];
  for (const [name, after, done] of cases) {
    it(`is ${done ? '' : 'not '}done when the container ${name}`, () =>
      assert.equal(starting.isDone?.(after, before, begun), done));
  }
});

describe('A stop whose answer was lost', () => {
  let fake: FakeEngine;
  let connection: Connection;
  let engine: Engine;

  before(async () => {
    fake = await new FakeEngine().start();
    connection = new Connection({ candidates: () => [fake.endpoint] });
    connection.start();
    engine = await until('it is connected', () => connection.engine);
  });
  after(async () => {
    connection.dispose();
    await fake.dispose();
  });

  const timeouts: [timeout: number | undefined, seconds: number][] = [
    [60, 70],
    [0, 10],
    [undefined, 20],
    [-1, 1_000_009],
  ];
  for (const [timeout, seconds] of timeouts) {
    it(`is left ${seconds} s where the container has ${timeout ?? 'no'} s of its own to stop`, async () => {
      fake.answers.set('/containers/a/json', (_, response) =>
        sendJson(response, 200, { Config: timeout === undefined ? {} : { StopTimeout: timeout } }),
      );
      for (const action of [stopping, restarting]) {
        const ms = await action.patience?.(engine, { ...target({}), id: 'a' }, new AbortController().signal);
        assert.equal(ms, seconds * 1_000);
      }
    });
  }
});

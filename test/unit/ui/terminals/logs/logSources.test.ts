import assert from 'node:assert/strict';
import { Connection } from '../../../../../src/engine/connection/connection';
import { Mirror } from '../../../../../src/engine/mirror/mirror';
import type { Session } from '../../../../../src/ui/session/session';
import type * as LogSourcesModule from '../../../../../src/ui/terminals/logs/logSources';
import { containerEntry, event, FakeEngine, sendJson } from '../../../../support/engines/fakeEngine';
import { until } from '../../../../support/until';
import { loadAnew } from '../../vscodeStub';

const { mergedLogs } = loadAnew([], 'terminals/logs/logSources', {}) as typeof LogSourcesModule;

describe('The merged logs of a project', () => {
  let fake: FakeEngine;
  let connection: Connection;
  let mirror: Mirror;
  let abort: AbortController;
  let story: string[];
  let isOver: boolean;

  const State = { Running: true, StartedAt: '2026-01-31T09:00:00Z', FinishedAt: '0001-01-01T00:00:00Z' };

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('a')];
    for (const id of ['a', 'b']) {
      fake.answers.set(`/containers/${id}/json`, (_, response) =>
        sendJson(response, 200, { Config: { Tty: true }, State }),
      );
      fake.answers.set(`/containers/${id}/logs`, ({ query }, response) => {
        response.writeHead(200).write(`2026-01-31T10:00:00.000000000Z ${id}\r\n`);
        if (query.get('follow') === 'false') response.end();
      });
    }
    connection = new Connection({ candidates: () => [fake.endpoint] });
    mirror = new Mirror(connection);
    abort = new AbortController();
    story = [];
    isOver = false;
    connection.start();
    await mirror.whenReady();
  });

  afterEach(async () => {
    abort.abort();
    mirror.dispose();
    connection.dispose();
    await fake.dispose();
  });

  const read = (range: LogSourcesModule.LogRange): void => {
    const session = { connection, mirror, engine: fake.engine() } as unknown as Session;
    const items = mergedLogs(session, ['a'], { ...range, joins: () => true }, abort.signal);
    void (async () => {
      for await (const { source, item } of items) {
        if ('records' in item) story.push(`${source} ${item.records.map(({ bytes }) => bytes.toString()).join('')}`);
      }
    })().then(() => (isOver = true));
  };

  it('include a container that comes later', async () => {
    read({});
    await until('the first is read', () => story.length === 1);
    fake.containers.push(containerEntry('b'));
    fake.emit(event('container', 'create', 'b'));
    await until('the second is read', () => story.length === 2);
    assert.deepEqual(story, ['a a\r\n', 'b b\r\n']);
    assert.equal(isOver, false);
  });

  it('end where their range does', async () => {
    read({ until: 1_800_000_000_000_000_000n });
    await until('they have ended', () => isOver);
    assert.deepEqual(story, ['a a\r\n']);
  });
});

import assert from 'node:assert/strict';
import type http from 'node:http';
import { delay } from '../../../../src/base/abort';
import { Connection } from '../../../../src/engine/connection/connection';
import { followLog, type FollowOptions } from '../../../../src/engine/logs/follow';
import { Mirror } from '../../../../src/engine/mirror/mirror';
import { containerEntry, event, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';

const path = '/containers/a/logs';
const line = (second: number, text: string): string => `2026-01-31T10:00:0${second}.000000000Z ${text}\r\n`;
const notYet = '0001-01-01T00:00:00Z';
const created = { Running: false, StartedAt: notYet, FinishedAt: notYet };
const running = { Running: true, StartedAt: '2026-01-31T09:00:00Z', FinishedAt: notYet };

describe('A followed log that is requested again', () => {
  let fake: FakeEngine;
  let connection: Connection;
  let mirror: Mirror;
  let abort: AbortController;
  let state: object;
  /** The answers to the requests for the log, in order; the last one is repeated. */
  let answers: ((response: http.ServerResponse) => void)[];
  let story: string[];
  let failed: unknown;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('a')];
    fake.answers.set('/containers/a/json', (_, response) =>
      sendJson(response, 200, { Config: { Tty: true }, State: state }),
    );
    fake.answers.set(path, (_, response) => (answers.length > 1 ? answers.shift() : answers[0])?.(response));
    connection = new Connection({ candidates: () => [fake.endpoint], times: { firstRetry: 10, lastRetry: 100 } });
    mirror = new Mirror(connection);
    abort = new AbortController();
    story = [];
    failed = undefined;
    connection.start();
    await mirror.whenReady();
  });

  afterEach(async () => {
    abort.abort();
    mirror.dispose();
    connection.dispose();
    await fake.dispose();
  });

  const follow = (options: Partial<FollowOptions>): void => {
    const items = followLog({ connection, mirror }, 'a', { successors: false, signal: abort.signal, ...options });
    void (async () => {
      for await (const item of items) {
        if ('notice' in item) story.push(`(${item.notice.what})`);
        else story.push(...item.records.map(({ bytes }) => bytes.toString().trimEnd()));
      }
    })().catch((error: unknown) => (failed = error));
  };
  /** A parameter of each request for the log, in order. */
  const asked = (name: 'tail' | 'since'): (string | null)[] => fake.to(path).map(({ query }) => query.get(name));
  const told = (...all: string[]): Promise<true> => until(`told: ${all.join()}`, () => story.join() === all.join());
  const open = (response: http.ServerResponse, text = ''): void => {
    response.writeHead(200).flushHeaders();
    response.write(text);
  };

  it('requests all lines of a container that had printed none', async () => {
    state = created;
    answers = [response => response.end(), response => open(response, line(1, 'one') + line(2, 'two'))];
    follow({ tail: 1, since: 5n });
    await told('(neverRan)');
    state = running;
    fake.emit(event('container', 'start', 'a'));
    await told('(neverRan)', '(started)', 'one', 'two');
    assert.deepEqual(asked('tail').slice(0, 2), ['1', 'all']);
    assert.deepEqual(asked('since').slice(0, 2), ['0.000000005', '0.000000005']);
  });

  it('requests all lines if the first answer was silent for a second before it broke off', async () => {
    state = running;
    answers = [response => open(response), response => open(response, line(1, 'one') + line(2, 'two'))];
    follow({ tail: 1 });
    await until('it is open', () => fake.to(path).length === 1);
    await delay(1_500);
    fake.breakSockets();
    await told('(lost)', '(back)', 'one', 'two');
    assert.deepEqual(asked('tail'), ['1', 'all']);
  });

  it('still requests the last lines if the connection broke before the answer', async () => {
    state = running;
    answers = [() => fake.breakSockets(), response => open(response, line(1, 'one'))];
    follow({ tail: 1 });
    await told('(lost)', '(back)', 'one');
    assert.deepEqual(asked('tail'), ['1', '1']);
  });

  it('continues from the time of the first answer, by the engine’s clock, if it began without lines', async () => {
    state = created;
    const date = { Date: 'Sat, 31 Jan 2026 10:00:00 GMT' };
    answers = [response => response.writeHead(200, date).end(), response => open(response, line(1, 'one'))];
    follow({ tail: 0 });
    await told('(neverRan)');
    state = running;
    fake.emit(event('container', 'start', 'a'));
    await told('(neverRan)', '(started)', 'one');
    assert.equal(asked('since')[1], '1769853600.000000000');
    assert.equal(asked('tail')[1], 'all');
  });

  const refuse = (response: http.ServerResponse): void => sendJson(response, 401, { message: 'no right' });

  it('waits for an engine that no longer grants access', async () => {
    state = running;
    answers = [response => response.end(line(1, 'one')), refuse, response => open(response, line(2, 'two'))];
    follow({});
    await told('one', '(lost)', '(back)', 'two');
  });

  it('continues after any number of failures with lines between them', async () => {
    state = running;
    const fail = (response: http.ServerResponse): void => sendJson(response, 500, { message: 'for a moment' });
    const lines = Array.from({ length: 8 }, (_, index) => line(index + 1, `${index + 1}`));
    const cut = (response: http.ServerResponse, text: string): void => {
      response.write(text, () => response.destroy());
    };
    answers = [
      ...lines.flatMap(text => [(response: http.ServerResponse) => cut(response, text), fail]),
      response => open(response, line(9, '9')),
    ];
    follow({});
    await until('all were told', () => story.includes('9') || failed);
    assert.deepEqual(
      story.filter(told => !told.startsWith('(')),
      Array.from({ length: 9 }, (_, index) => `${index + 1}`),
    );
  });

  it('fails if the engine never granted access', async () => {
    state = running;
    fake.answers.set('/containers/a/json', (_, response) => refuse(response));
    follow({});
    await until('it has failed', () => failed);
    assert.match(String(failed), /no right/);
    assert.deepEqual(story, []);
  });
});

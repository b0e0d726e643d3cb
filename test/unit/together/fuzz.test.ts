import assert from 'node:assert/strict';
import { record } from '../../../src/base/read';
import { Connection } from '../../../src/engine/connection/connection';
import type { Engine } from '../../../src/engine/connection/engine';
import { parseEvent } from '../../../src/engine/connection/events';
import { isEngineError } from '../../../src/engine/errors';
import { eventsOf, type Kind, kindNames, kinds } from '../../../src/engine/mirror/kinds';
import { Mirror } from '../../../src/engine/mirror/mirror';
import { changes } from '../../../src/engine/objects/containers/changes';
import { inspect, wait } from '../../../src/engine/objects/containers/operations';
import { top } from '../../../src/engine/objects/containers/top';
import { history } from '../../../src/engine/objects/images/operations';
import { diskUse, info } from '../../../src/engine/objects/system';
import { containerEntry, event, FakeEngine } from '../../support/engines/fakeEngine';
import { announcedSeed, Random } from '../../support/random';
import { until } from '../../support/until';
import { mutated, spoilt } from '../mutation';
import { emptyView } from './emptyView';

const soak = Boolean(process.env['QUAYSIDE_SOAK']);
const rounds = soak ? 3_000 : 60;
/** So many engines answer at a time: a read that is tried again pauses, and each round has some. */
const lanes = 10;

const lists: Readonly<Record<string, unknown>> = {
  '/containers/json': [
    containerEntry('a', {
      Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }],
      Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.project.config_files': '/a.yaml,/b.yaml' },
      NetworkSettings: { Networks: { bridge: { NetworkID: 'n', IPAddress: '172.17.0.2', GlobalIPv6Address: '' } } },
      Mounts: [{ Type: 'volume', Name: 'v', Source: '/s', Destination: '/d', RW: true }],
    }),
    containerEntry('b', { State: 'exited', Status: 'Exited (3) 2 days ago' }),
  ],
  '/libpod/containers/json': [
    { Id: 'a', State: 'running', Status: 'healthy' },
    { Id: 'b', State: 'exited', Status: '' },
  ],
  '/images/json': [
    {
      Id: 'sha256:i',
      RepoTags: ['busybox:latest'],
      RepoDigests: ['busybox@sha256:d'],
      Created: 1,
      Size: 2,
      Labels: { a: 'b' },
    },
  ],
  '/networks': [
    {
      Id: 'n',
      Name: 'own',
      Driver: 'bridge',
      Created: '2024-01-01T00:00:00Z',
      IPAM: { Config: [{ Subnet: '10.0.0.0/8' }] },
    },
  ],
  '/volumes': { Volumes: [{ Name: 'v', Driver: 'local', CreatedAt: '2024-01-01T00:00:00Z', Options: { o: 'bind' } }] },
};

const documents: Readonly<Record<string, unknown>> = {
  '/containers/a/json': {
    Id: 'a',
    State: { Status: 'running', Health: { Log: [{ Output: 'ok' }] } },
    Config: { Env: ['A=b'] },
  },
  '/containers/a/wait': { StatusCode: 0 },
  '/containers/a/top': { Titles: ['PID', 'CMD'], Processes: [['1', 'sh']] },
  '/libpod/containers/a/top': { Titles: ['PID   CMD'], Processes: [['1 sh']] },
  '/containers/a/changes': [{ Path: '/a', Kind: 1 }],
  '/images/i/history': [{ Id: 'sha256:i', Created: 1, CreatedBy: 'CMD', Size: 2, Tags: ['i:1'], Comment: '' }],
  '/info': { ID: 'x', Plugins: { Volume: ['local'] }, Containers: 2 },
  '/system/df': { LayersSize: 1, Images: lists['/images/json'], Containers: lists['/containers/json'], Volumes: [] },
};

const sources = eventsOf(kinds);

describe('Whatever an engine answers', function () {
  this.timeout(soak ? 1_800_000 : 60_000);
  let fake: FakeEngine;
  let random: Random;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

  before(() => {
    random = new Random(announcedSeed());
    process.on('unhandledRejection', onUnhandled);
  });
  beforeEach(async () => void (fake = await new FakeEngine().start()));
  afterEach(async () => {
    await fake.dispose();
    assert.deepEqual(unhandled, []);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
  after(() => void process.off('unhandledRejection', onUnhandled));

  /** Answers with something like what is given, or with what is no JSON at all. */
  const answerStrangely = (answers: Readonly<Record<string, unknown>>, engine = fake, chance = random): void => {
    for (const [path, answer] of Object.entries(answers)) {
      engine.answers.set(path, (_, response) => {
        const text = JSON.stringify(mutated(answer, chance));
        const status = chance.pick([200, 200, 200, 200, 404, 409, 500, 503]) ?? 200;
        response.writeHead(status).end(chance.chance(0.2) ? spoilt(text, chance) : text);
      });
    }
  };

  it('lists and documents are read into rows and facts of the right types, or fail with an EngineError', async () => {
    const lane = async (own: Random): Promise<void> => {
      const strange = await new FakeEngine().start();
      answerStrangely({ ...lists, ...documents }, strange, own);
      try {
        for (let round = 0; round < rounds / lanes; round++) {
          await readAll(strange.engine('1.41', own.chance(0.3) ? 'podman' : 'docker'));
        }
      } finally {
        await strange.dispose();
      }
    };
    await Promise.all(Array.from({ length: lanes }, () => lane(new Random(random.below(2 ** 32)))));
  });

  it('events are read as such or passed over', () => {
    const events = ['create', 'die', 'health_status: healthy', 'connect', 'prune', 'constructor', '__proto__'].flatMap(
      action =>
        ['container', 'image', 'network', 'volume', 'daemon'].map(type =>
          event(type, action, 'a', { name: 'x', container: 'b' }),
        ),
    );
    for (let round = 0; round < 20 * rounds; round++) {
      const parsed = parseEvent(mutated(random.pick(events), random, 0.2), sources);
      if (!parsed) continue;
      assert.equal(typeof parsed.id + typeof parsed.action, 'stringstring');
      for (const kind of Object.values(kinds)) {
        const touched = kind.touchedBy(parsed, emptyView);
        assert.ok(touched === 'all' || touched.every(id => typeof id === 'string'));
      }
    }
  });

  it('the mirror follows on, and is right once the answers are', async () => {
    const endpoint = fake.endpoint;
    const times = { firstRetry: 1, lastRetry: 10, watchedRetry: 10 };
    const connection = new Connection({ candidates: () => [endpoint], times });
    const mirror = new Mirror(connection);
    connection.start();
    connection.watch();
    try {
      for (let round = 0; round < Math.ceil(rounds / 6); round++) {
        answerStrangely(lists);
        for (let count = 0; count < 20; count++) {
          const line = JSON.stringify(mutated(event('container', 'start', 'a', { name: 'x' }), random));
          fake.emit(random.chance(0.3) ? `${spoilt(line, random)}\n` : `${line}\n`);
        }
        await new Promise(resolve => setTimeout(resolve, random.below(60)));
        for (const path of Object.keys(lists)) fake.answers.delete(path);
        const id = `c${round}`;
        fake.containers = [containerEntry(id)];
        fake.emit('\n\u0001\n'); // What came before may have swallowed an event.
        const shown = (): string =>
          mirror
            .list('container')
            .map(row => row.id)
            .join();
        await until('the rows are right', () => mirror.state === 'ready' && shown() === id, { timeout: 10_000 });
      }
    } finally {
      mirror.dispose();
      connection.dispose();
    }
  });
});

/** Reads all there is, whatever it is. */
async function readAll(engine: Engine): Promise<void> {
  const { signal } = new AbortController();
  const readings = [
    ...kindNames.map(kind => checkedRows(kind, kinds[kind].list(engine, undefined, signal))),
    inspect(engine, 'a'),
    wait(engine, 'a'),
    top(engine, 'a').then(({ titles, rows }) => assert.ok(rows.every(row => row.length === titles.length))),
    changes(engine, 'a').then(all => assert.ok(all.every(({ path }) => path !== ''))),
    history(engine, 'i'),
    info(engine),
    diskUse(engine),
  ];
  for (const outcome of await Promise.allSettled<unknown>(readings)) {
    if (outcome.status === 'rejected') assert.ok(isEngineError(outcome.reason), String(outcome.reason));
  }
  engine.client.close();
}

/** Each row has an id, and text or plain values in its fields, whatever was answered. */
async function checkedRows(kind: Kind, listing: Promise<readonly { id: string }[]>): Promise<void> {
  for (const row of await listing) {
    assert.equal(typeof row.id, 'string', kind);
    for (const [key, value] of Object.entries<unknown>({ ...row })) {
      assert.notEqual(typeof value, 'function', `${kind} ${key}`);
      if (key === 'labels') assert.ok(Object.values(record(value)).every(label => typeof label === 'string'));
      if (typeof value === 'number') assert.ok(Number.isFinite(value), `${kind} ${key} is ${value}`);
    }
  }
}

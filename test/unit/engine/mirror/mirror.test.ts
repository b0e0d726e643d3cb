import assert from 'node:assert/strict';
import { delay } from '../../../../src/base/abort';
import { Connection, type ConnectionTimes } from '../../../../src/engine/connection/connection';
import type { Change } from '../../../../src/engine/mirror/kinds';
import { Mirror, type MirrorState } from '../../../../src/engine/mirror/mirror';
import { containerEntry, event, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { announcedSeed, Random } from '../../../support/random';
import { until } from '../../../support/until';

/** Small parts of the usual times. */
const times: Partial<ConnectionTimes> = {
  firstRetry: 10,
  lastRetry: 100,
  pingDeadline: 250,
  pingEvery: 50,
  patience: 2_000,
  healthy: 20,
};

describe('Mirror', () => {
  let fake: FakeEngine;
  let connection: Connection;
  let mirror: Mirror;
  let changes: string[];
  let states: MirrorState[];

  const begin = (keepRows = 1_000): void => {
    connection = new Connection({ candidates: () => [fake.endpoint], times });
    mirror = new Mirror(connection, { keepRows });
    changes = [];
    states = [];
    mirror.onDidChange(change => changes.push(...told(change)));
    mirror.onDidChangeState(state => states.push(state));
    connection.start();
  };
  const names = (): string[] => mirror.list('container').map(({ name }) => name);
  const state = (wanted: MirrorState): Promise<true> => until(`it is ${wanted}`, () => mirror.state === wanted);

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('a'), containerEntry('b')];
    fake.images = [{ Id: 'sha256:i', RepoTags: ['busybox:latest'] }];
    fake.networks = [{ Id: 'n', Name: 'bridge' }];
    fake.volumes = [{ Name: 'v' }];
  });

  afterEach(async () => {
    mirror.dispose();
    connection.dispose();
    await fake.dispose();
  });

  describe('whose event stream brings nothing any more', () => {
    const questions = (): number => fake.to('/events').filter(({ query }) => query.has('until')).length;

    /** The first stream stays open; asked for what it remembers, the engine tells what it made last, if anything. */
    const beginWith = async (made: 'container' | undefined, silence = 1_200): Promise<void> => {
      fake.answers.set('/events', ({ query }, response) => {
        response.writeHead(200).flushHeaders();
        if (!query.has('until')) return;
        const timeNano = Number(query.get('until')) * 1e9 - 1e6;
        response.end(made && `${JSON.stringify({ ...event(made, 'create', 'c'), timeNano })}\n`);
      });
      connection = new Connection({ candidates: () => [fake.endpoint], times });
      mirror = new Mirror(connection, { silence });
      connection.start();
      await mirror.whenReady();
      fake.containers.push(containerEntry('c'));
    };

    it('opens another and lists again, and leaves the connection alone', async () => {
      await beginWith('container');
      const { engine } = connection;
      const watch = connection.watch();
      await until('the new row is there', () => names().includes('c'), { timeout: 9_000 });
      watch.dispose();
      assert.equal(connection.engine, engine);
      assert.equal(mirror.state, 'ready');
    });

    it('is found out soon after a change made here of which it told nothing', async () => {
      await beginWith('container', 60_000);
      fake.answers.set('/containers/c/start', (_, response) => response.writeHead(204).end());
      const watch = connection.watch();
      await connection.engine?.client.call({ method: 'POST', path: '/containers/c/start' });
      await until('the new row is there', () => names().includes('c'), { timeout: 9_000 });
      watch.dispose();
      assert.equal(questions(), 1);
    });

    it('asks while somebody looks only, and goes on with a stream that has missed nothing', async () => {
      await beginWith(undefined);
      const lists = fake.to('/containers/json').length;
      await delay(2_500);
      assert.equal(questions(), 0);
      const watch = connection.watch();
      await until('it has asked', () => questions() > 0, { timeout: 5_000 });
      watch.dispose();
      assert.equal(fake.to('/containers/json').length, lists);
    });
  });

  it('opens the event stream, then lists every kind once, and tells what there is', async () => {
    begin();
    assert.equal(mirror.state, 'loading');
    await mirror.whenReady();
    const paths = fake.requests.map(({ path }) => path);
    assert.deepEqual(paths.slice(0, 2), ['/_ping', '/events']);
    assert.deepEqual(paths.slice(2).sort(), ['/containers/json', '/images/json', '/networks', '/volumes']);
    assert.deepEqual(changes.sort(), ['container +a', 'container +b', 'image +sha256:i', 'network +n', 'volume +v']);
    assert.equal(fake.to('/containers/json')[0]?.query.get('all'), 'true');
    await mirror.whenReady();
  });

  it('lists nothing before the stream has begun', async () => {
    let begun = false;
    fake.answers.set('/events', (_, response) => {
      setTimeout(() => {
        begun = true;
        response.writeHead(200).flushHeaders();
      }, 50);
    });
    const early: string[] = [];
    for (const path of ['/containers/json', '/images/json', '/networks']) {
      fake.answers.set(path, (_, response) => {
        if (!begun) early.push(path);
        sendJson(response, 200, []);
      });
    }
    begin();
    await mirror.whenReady();
    assert.deepEqual(early, []);
  });

  it('loses nothing that happens before and during the lists', async () => {
    const first = fake.containers;
    let asked = 0;
    fake.answers.set('/containers/json', ({ filters }, response) => {
      if (asked++ > 0) {
        sendJson(
          response,
          200,
          fake.containers.filter(({ Id }) => filters['id']?.includes(String(Id))),
        );
        return;
      }
      fake.containers = [containerEntry('a', { Names: ['/renamed'] }), containerEntry('c')];
      for (const [action, id] of [
        ['rename', 'a'],
        ['destroy', 'b'],
        ['create', 'c'],
      ] as const) {
        fake.emit(event('container', action, id));
      }
      setTimeout(() => sendJson(response, 200, first), 20);
    });
    begin();
    await mirror.whenReady();
    await until('the rows are right', () => names().sort().join() === 'c,renamed');
    assert.equal(asked, 2);
  });

  it('is not made unready by an event that comes with the stream’s very head', async () => {
    fake.answers.set('/events', (_, response) => {
      response.writeHead(200);
      response.write(`${JSON.stringify(event('container', 'start', 'a'))}\n`);
    });
    begin();
    await mirror.whenReady();
    await until('the touched row is fetched', () => fake.to('/containers/json').length === 2);
    assert.deepEqual(fake.to('/containers/json')[1]?.filters, { id: ['a'] });
    assert.equal(names().length, 2);
  });

  const generations: [name: string, event: Record<string, unknown>][] = [
    ['before API 1.52', event('container', 'rename', 'a')],
    [
      'from API 1.52 on, without status and id',
      { Type: 'container', Action: 'rename', Actor: { ID: 'a', Attributes: {} } },
    ],
  ];
  for (const [name, happened] of generations) {
    it(`follows events of engines ${name}: fetches what they name, and tells the row before and after`, async () => {
      begin();
      await mirror.whenReady();
      changes.length = 0;
      fake.containers = [containerEntry('a', { Names: ['/z'] }), containerEntry('b')];
      fake.emit(happened);
      await until('the change is told', () => changes.length > 0);
      assert.deepEqual(changes, ['container a→z']);
      assert.deepEqual(fake.to('/containers/json')[1]?.filters, { id: ['a'] });
      assert.equal(mirror.get('container', 'a')?.name, 'z');
    });
  }

  it('makes one list call per kind for a burst', async () => {
    begin();
    await mirror.whenReady();
    const before = fake.requests.length;
    for (let count = 0; count < 100; count++) {
      fake.emit(event('container', 'start', 'a'));
      fake.emit(event('volume', 'create', 'v'));
    }
    await delay(100);
    assert.ok(fake.requests.length - before <= 4, `${fake.requests.length - before} requests`);
  });

  it('lists everything again when garbage came among the events', async () => {
    begin();
    await mirror.whenReady();
    fake.containers = [containerEntry('c')];
    fake.emit('\u0001garbage\n');
    await until('the rows are right', () => names().join() === 'c');
    assert.equal(fake.to('/events').length, 1);
  });

  for (const libpod of [undefined, '4.3.1']) {
    it(`leaves sockets to commands, however many events come (${libpod ? 'Podman' : 'Docker'})`, async () => {
      if (libpod) fake.pingHeaders['Libpod-Api-Version'] = libpod;
      begin();
      await mirror.whenReady();
      let held = 0;
      for (const path of ['/containers/json', '/images/json', '/networks', '/volumes']) {
        fake.answers.set(path, ({ filters }, response) => {
          if (path === '/containers/json' && !filters['health']) sendJson(response, 200, fake.containers);
          else held++;
        });
      }
      for (let count = 0; count < 200; count++) {
        for (const type of ['container', 'image', 'network', 'volume']) fake.emit(event(type, 'create', `a${count}`));
      }
      await until('lists are held', () => held >= 3);
      await delay(300);
      assert.ok(held <= 6, `${held} lists at once`);
      fake.answers.set('/info', (_, response) => sendJson(response, 200, {}));
      const { client } = connection.engine ?? assert.fail();
      await Promise.all([client.read({ path: '/info' }), client.read({ path: '/info' })]);
    });
  }

  it('fetches the containers of an image whose tags changed, and no others', async () => {
    fake.containers.push(containerEntry('other', { ImageID: 'sha256:other' }));
    fake.images.push({ Id: 'sha256:other', RepoTags: ['other:1'] });
    begin();
    await mirror.whenReady();
    fake.images = [
      { Id: 'sha256:i', RepoTags: [] },
      { Id: 'sha256:other', RepoTags: ['other:1'] },
      { Id: 'sha256:new', RepoTags: ['busybox:latest'] },
    ];
    fake.containers = fake.containers.map(entry => (entry['Id'] === 'other' ? entry : { ...entry, Image: 'sha256:i' }));
    fake.emit(event('image', 'tag', 'sha256:new', { name: 'busybox:latest' }));
    await until('the row names the image by its id', () => mirror.get('container', 'a')?.image === 'sha256:i');
    assert.deepEqual(fake.to('/containers/json').at(-1)?.filters, { id: ['a', 'b'] });
  });

  it('lists the images when a container comes of one that it does not know', async () => {
    begin();
    await mirror.whenReady();
    fake.images.push({ Id: 'sha256:built', RepoTags: null });
    fake.containers.push(containerEntry('c', { ImageID: 'sha256:built' }));
    fake.emit(event('container', 'create', 'c'));
    await until('the image is there', () => mirror.get('image', 'sha256:built'));
  });

  for (const how of ['ends as if all were well', 'breaks'] as const) {
    it(`lists again when the stream ${how}, and tells what differs, also what vanished`, async () => {
      begin();
      await mirror.whenReady();
      changes.length = 0;
      fake.containers = [containerEntry('a', { Names: ['/z'] }), containerEntry('c')];
      fake.volumes = [];
      if (how === 'breaks') fake.breakSockets();
      else fake.endStreams();
      await until(
        'it is listed again',
        () => states.includes('ready') && mirror.state === 'ready' && changes.length > 0,
      );
      await until('all is told', () => changes.length === 4);
      assert.deepEqual(changes.sort(), ['container +c', 'container -b', 'container a→z', 'volume -v']);
      assert.deepEqual(states, ['ready', 'stale', 'ready']);
      assert.equal(fake.to('/events').length, 2);
    });
  }

  it('is stale as soon as the stream is gone, and never says that it is ready meanwhile', async () => {
    begin();
    await mirror.whenReady();
    await fake.stop();
    await state('stale');
    assert.deepEqual(names(), ['a', 'b']);
    await fake.start();
    await state('ready');
  });

  it('reads on when a list fails', async () => {
    begin();
    await mirror.whenReady();
    let failures = 3;
    fake.answers.set('/containers/json', (_, response) => {
      if (--failures === 0) fake.answers.delete('/containers/json');
      sendJson(response, 500, { message: 'not now' });
    });
    fake.containers = [containerEntry('c')];
    fake.emit(event('container', 'create', 'c'));
    await until('the rows are right', () => names().join() === 'c' && mirror.state === 'ready');
  });

  it('keeps the rows of an engine that is away for a while, then forgets them, and lists it as if it were new', async () => {
    begin(150);
    await mirror.whenReady();
    changes.length = 0;
    const left = performance.now();
    await fake.stop();
    await state('stale');
    assert.deepEqual(names(), ['a', 'b']);
    await state('loading');
    const kept = performance.now() - left;
    assert.ok(kept >= 140, `${kept} ms`);
    assert.deepEqual(names(), []);
    assert.ok(changes.includes('container -a'));
    changes.length = 0;
    await fake.start();
    await state('ready');
    assert.ok(changes.includes('container +a'));
  });

  it('keeps the rows when the engine is back in time', async () => {
    begin(300);
    await mirror.whenReady();
    changes.length = 0;
    for (let round = 0; round < 3; round++) {
      await fake.stop();
      await state('stale');
      await delay(120);
      await fake.start();
      await state('ready');
    }
    assert.deepEqual(changes, []);
    assert.ok(!states.includes('loading'));
  });

  it('is stale while a watched engine hangs, and ready again at once, with what it missed', async () => {
    begin();
    await mirror.whenReady();
    const watching = connection.watch();
    fake.hang();
    await state('stale');
    fake.containers = [containerEntry('c')];
    fake.emit(event('container', 'create', 'c'));
    fake.emit(event('container', 'destroy', 'a'));
    fake.emit(event('container', 'destroy', 'b'));
    const resumed = performance.now();
    fake.resume();
    await state('ready');
    await until('the rows are right', () => names().join() === 'c');
    assert.ok(performance.now() - resumed < 300);
    assert.equal(fake.to('/events').length, 1);
    watching.dispose();
  });

  it('forgets the rows of an engine that hangs for long, and lists it anew when it answers', async () => {
    begin(100);
    await mirror.whenReady();
    const watching = connection.watch();
    fake.hang();
    await state('loading');
    assert.deepEqual(names(), []);
    fake.resume();
    await state('ready');
    assert.deepEqual(names(), ['a', 'b']);
    assert.equal(fake.to('/events').length, 2);
    watching.dispose();
  });

  it('is not ready before an engine that hung while it was listed has told everything', async () => {
    let answer: (() => void) | undefined;
    fake.answers.set('/images/json', (_, response) => (answer = () => sendJson(response, 200, fake.images)));
    begin();
    const watching = connection.watch();
    await until('the lists are asked', () => answer);
    fake.hang();
    await until('it hangs', () => connection.state.kind === 'unreachable');
    fake.resume();
    await until('it is connected', () => connection.state.kind === 'connected');
    assert.equal(mirror.state, 'loading');
    answer?.();
    await mirror.whenReady();
    watching.dispose();
  });

  it('does nothing more once disposed', async () => {
    begin();
    await mirror.whenReady();
    mirror.dispose();
    const before = fake.requests.length;
    changes.length = 0;
    fake.emit(event('container', 'start', 'a'));
    await delay(60);
    assert.equal(fake.requests.length, before);
    assert.deepEqual(changes, []);
  });

  it('is right at the end, whatever happens in whatever order', async () => {
    const random = new Random(announcedSeed());
    begin(200);
    await mirror.whenReady();
    for (let step = 0; step < 150; step++) {
      const id = `c${random.below(8)}`;
      const dice = random.next();
      if (dice < 0.4) {
        fake.containers = fake.containers.filter(entry => entry['Id'] !== id);
        if (dice < 0.2) fake.containers.push(containerEntry(id, { Names: [`/n${step}`] }));
        fake.emit(event('container', dice < 0.2 ? 'create' : 'destroy', id));
      } else if (dice < 0.45) fake.endStreams();
      else if (dice < 0.5) fake.breakSockets();
      else if (dice < 0.53) {
        await fake.stop();
        await fake.start();
      }
      if (step % 5 === 0) await delay(random.below(40));
    }
    const wanted = (): string =>
      fake.containers
        .map(({ Names }) => (Names as string[])[0]?.slice(1))
        .sort()
        .join();
    await until('the rows are the engine’s', () => mirror.state === 'ready' && names().sort().join() === wanted());
    await delay(60);
    assert.equal(names().sort().join(), wanted());
  });
});

function told(change: Change): string[] {
  return [
    ...change.added.map(({ id }) => `${change.kind} +${id}`),
    ...change.removed.map(({ id }) => `${change.kind} -${id}`),
    ...change.changed.map(({ before, after }) => `${change.kind} ${nameOf(before)}→${nameOf(after)}`),
  ];
}

function nameOf(row: { id: string; name?: string }): string {
  return row.name ?? row.id;
}

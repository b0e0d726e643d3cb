import assert from 'node:assert/strict';
import { delay } from '../../../../src/base/abort';
import { containerEntry, event, sendJson } from '../../../support/engines/fakeEngine';
import { announcedSeed, Random } from '../../../support/random';
import { until } from '../../../support/until';
import { mirrorUnderTest } from './mirrors';

describe('Mirror', () => {
  const on = mirrorUnderTest();

  it('opens the event stream, then lists every kind once, and tells what there is', async () => {
    on.begin();
    assert.equal(on.mirror.state, 'loading');
    await on.mirror.whenReady();
    const paths = on.fake.requests.map(({ path }) => path);
    assert.deepEqual(paths.slice(0, 2), ['/_ping', '/events']);
    assert.deepEqual(paths.slice(2).sort(), ['/containers/json', '/images/json', '/networks', '/volumes']);
    assert.deepEqual(on.changes.sort(), ['container +a', 'container +b', 'image +sha256:i', 'network +n', 'volume +v']);
    assert.equal(on.fake.to('/containers/json')[0]?.query.get('all'), 'true');
    await on.mirror.whenReady();
  });

  it('lists nothing before the stream has begun', async () => {
    let begun = false;
    on.fake.answers.set('/events', (_, response) => {
      setTimeout(() => {
        begun = true;
        response.writeHead(200).flushHeaders();
      }, 50);
    });
    const early: string[] = [];
    for (const path of ['/containers/json', '/images/json', '/networks']) {
      on.fake.answers.set(path, (_, response) => {
        if (!begun) early.push(path);
        sendJson(response, 200, []);
      });
    }
    on.begin();
    await on.mirror.whenReady();
    assert.deepEqual(early, []);
  });

  it('loses nothing that happens before and during the lists', async () => {
    const first = on.fake.containers;
    let asked = 0;
    on.fake.answers.set('/containers/json', ({ filters }, response) => {
      if (asked++ > 0) {
        sendJson(
          response,
          200,
          on.fake.containers.filter(({ Id }) => filters['id']?.includes(String(Id))),
        );
        return;
      }
      on.fake.containers = [containerEntry('a', { Names: ['/renamed'] }), containerEntry('c')];
      for (const [action, id] of [
        ['rename', 'a'],
        ['destroy', 'b'],
        ['create', 'c'],
      ] as const) {
        on.fake.emit(event('container', action, id));
      }
      setTimeout(() => sendJson(response, 200, first), 20);
    });
    on.begin();
    await on.mirror.whenReady();
    await until('the rows are right', () => on.names().sort().join() === 'c,renamed');
    assert.equal(asked, 2);
  });

  it('is not made unready by an event that comes with the stream’s very head', async () => {
    on.fake.answers.set('/events', (_, response) => {
      response.writeHead(200);
      response.write(`${JSON.stringify(event('container', 'start', 'a'))}\n`);
    });
    on.begin();
    await on.mirror.whenReady();
    await until('the touched row is fetched', () => on.fake.to('/containers/json').length === 2);
    assert.deepEqual(on.fake.to('/containers/json')[1]?.filters, { id: ['a'] });
    assert.equal(on.names().length, 2);
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
      on.begin();
      await on.mirror.whenReady();
      on.changes.length = 0;
      on.fake.containers = [containerEntry('a', { Names: ['/z'] }), containerEntry('b')];
      on.fake.emit(happened);
      await until('the change is told', () => on.changes.length > 0);
      assert.deepEqual(on.changes, ['container a→z']);
      assert.deepEqual(on.fake.to('/containers/json')[1]?.filters, { id: ['a'] });
      assert.equal(on.mirror.get('container', 'a')?.name, 'z');
    });
  }

  it('makes one list call per kind for a burst', async () => {
    on.begin();
    await on.mirror.whenReady();
    const before = on.fake.requests.length;
    for (let count = 0; count < 100; count++) {
      on.fake.emit(event('container', 'start', 'a'));
      on.fake.emit(event('volume', 'create', 'v'));
    }
    await delay(100);
    assert.ok(on.fake.requests.length - before <= 4, `${on.fake.requests.length - before} requests`);
  });

  it('lists everything again when garbage came among the events', async () => {
    on.begin();
    await on.mirror.whenReady();
    on.fake.containers = [containerEntry('c')];
    on.fake.emit('\u0001garbage\n');
    await until('the rows are right', () => on.names().join() === 'c');
    assert.equal(on.fake.to('/events').length, 1);
  });

  for (const libpod of [undefined, '4.3.1']) {
    it(`leaves sockets to commands, however many events come (${libpod ? 'Podman' : 'Docker'})`, async () => {
      if (libpod) Object.assign(on.fake.pingHeaders, { 'Libpod-Api-Version': libpod, Server: `Libpod/${libpod}` });
      on.begin();
      await on.mirror.whenReady();
      let held = 0;
      const others = ['/libpod/containers/json', '/images/json', '/networks', '/volumes'];
      for (const path of ['/containers/json', ...others]) {
        on.fake.answers.set(path, (_, response) => {
          if (path === '/containers/json') sendJson(response, 200, on.fake.containers);
          else held++;
        });
      }
      for (let count = 0; count < 200; count++) {
        for (const type of ['container', 'image', 'network', 'volume'])
          on.fake.emit(event(type, 'create', `a${count}`));
      }
      await until('lists are held', () => held >= 3);
      await delay(300);
      assert.ok(held <= 6, `${held} lists at once`);
      on.fake.answers.set('/info', (_, response) => sendJson(response, 200, {}));
      const { client } = on.connection.engine ?? assert.fail();
      await Promise.all([client.read({ path: '/info' }), client.read({ path: '/info' })]);
    });
  }

  it('fetches the containers of an image whose tags changed, and no others', async () => {
    on.fake.containers.push(containerEntry('other', { ImageID: 'sha256:other' }));
    on.fake.images.push({ Id: 'sha256:other', RepoTags: ['other:1'] });
    on.begin();
    await on.mirror.whenReady();
    on.fake.images = [
      { Id: 'sha256:i', RepoTags: [] },
      { Id: 'sha256:other', RepoTags: ['other:1'] },
      { Id: 'sha256:new', RepoTags: ['busybox:latest'] },
    ];
    on.fake.containers = on.fake.containers.map(entry =>
      entry['Id'] === 'other' ? entry : { ...entry, Image: 'sha256:i' },
    );
    on.fake.emit(event('image', 'tag', 'sha256:new', { name: 'busybox:latest' }));
    await until('the row names the image by its id', () => on.mirror.get('container', 'a')?.image === 'sha256:i');
    assert.deepEqual(on.fake.to('/containers/json').at(-1)?.filters, { id: ['a', 'b'] });
  });

  it('lists the images when a container comes of one that it does not know', async () => {
    on.begin();
    await on.mirror.whenReady();
    on.fake.images.push({ Id: 'sha256:built', RepoTags: null });
    on.fake.containers.push(containerEntry('c', { ImageID: 'sha256:built' }));
    on.fake.emit(event('container', 'create', 'c'));
    await until('the image is there', () => on.mirror.get('image', 'sha256:built'));
  });

  it('does nothing more once disposed', async () => {
    on.begin();
    await on.mirror.whenReady();
    on.mirror.dispose();
    const before = on.fake.requests.length;
    on.changes.length = 0;
    on.fake.emit(event('container', 'start', 'a'));
    await delay(60);
    assert.equal(on.fake.requests.length, before);
    assert.deepEqual(on.changes, []);
  });

  it('is right at the end, whatever happens in whatever order', async () => {
    const random = new Random(announcedSeed());
    on.begin({ keepRows: 200 });
    await on.mirror.whenReady();
    for (let step = 0; step < 150; step++) {
      const id = `c${random.below(8)}`;
      const dice = random.next();
      if (dice < 0.4) {
        on.fake.containers = on.fake.containers.filter(entry => entry['Id'] !== id);
        if (dice < 0.2) on.fake.containers.push(containerEntry(id, { Names: [`/n${step}`] }));
        on.fake.emit(event('container', dice < 0.2 ? 'create' : 'destroy', id));
      } else if (dice < 0.45) on.fake.endStreams();
      else if (dice < 0.5) on.fake.breakSockets();
      else if (dice < 0.53) {
        await on.fake.stop();
        await on.fake.start();
      }
      if (step % 5 === 0) await delay(random.below(40));
    }
    const wanted = (): string =>
      on.fake.containers
        .map(({ Names }) => (Names as string[])[0]?.slice(1))
        .sort()
        .join();
    await until(
      'the rows are the engine’s',
      () => on.mirror.state === 'ready' && on.names().sort().join() === wanted(),
    );
    await delay(60);
    assert.equal(on.names().sort().join(), wanted());
  });
});

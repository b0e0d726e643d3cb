import assert from 'node:assert/strict';
import { number, records, text } from '../../../../src/base/read';
import { Connection } from '../../../../src/engine/connection/connection';
import { kinds } from '../../../../src/engine/mirror/kinds';
import { Mirror } from '../../../../src/engine/mirror/mirror';
import { Usage } from '../../../../src/engine/mirror/usage';
import { none, type ResourceKind, type Row } from '../../../../src/engine/objects/resource';
import { containerEntry, type Entry, event, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';

/** An object that no engine has: it is made of an image, and counts the starts of a container. */
interface Gadget extends Row {
  image: string;
  container: string;
  starts: number;
}

const gadgetKind: ResourceKind<Gadget, 'image' | 'gear'> = {
  events: [
    { type: 'gadget', actions: ['make', 'break'], podman: { made: 'make' } },
    { type: 'container', actions: ['start'] },
  ],
  async list(engine, ids, signal) {
    const answer = await engine.client.read({ path: '/gadgets', query: { filters: ids && { id: ids } }, signal });
    return records(answer).map(entry => ({
      id: text(entry['Id']),
      image: text(entry['Image']),
      container: text(entry['Container']),
      starts: number(entry['Starts']) ?? 0,
    }));
  },
  touchedBy({ type, action, id }, view) {
    if (type === 'gadget') return [id];
    if (type !== 'container' || action !== 'start') return none;
    return view.rows().flatMap(row => (row.container === id ? row.id : none));
  },
  touchedByChange: ({ kind, ids }, view) =>
    kind === 'volume' && ids.includes('gears') ? view.rows().map(({ id }) => id) : none,
  uses: ({ image }) => ({ image: [image], gear: ['small', 'large'] }),
};

const table = { ...kinds, gadget: gadgetKind };

describe('A kind that is added to the table, and nowhere else,', () => {
  let fake: FakeEngine;
  let gadgets: Entry[];
  let connection: Connection;
  let mirror: Mirror<typeof table>;
  let usage: Usage<typeof table>;
  let changes: string[];

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('a')];
    fake.images = [{ Id: 'sha256:i', RepoTags: ['busybox:latest'] }];
    fake.volumes = [{ Name: 'v' }];
    gadgets = [gadget('g', { Container: 'a' }), gadget('h')];
    fake.answers.set('/gadgets', ({ filters: { id } }, response) =>
      sendJson(response, 200, id ? gadgets.filter(({ Id }) => id.includes(String(Id))) : gadgets),
    );
    connection = new Connection({ candidates: () => [fake.endpoint] });
    mirror = new Mirror(connection, { kinds: table });
    usage = new Usage(mirror);
    changes = [];
    mirror.onDidChange(({ kind, added, changed, removed }) => {
      for (const { id } of added) changes.push(`${kind} +${id}`);
      for (const { after } of changed) changes.push(`${kind} ~${after.id}`);
      for (const { id } of removed) changes.push(`${kind} -${id}`);
    });
  });

  afterEach(async () => {
    usage.dispose();
    mirror.dispose();
    connection.dispose();
    await fake.dispose();
  });

  const begin = async (): Promise<void> => {
    connection.start();
    await mirror.whenReady();
  };
  const reads = (): (readonly string[] | undefined)[] => fake.to('/gadgets').map(({ filters }) => filters['id']);

  it('is listed once, and the engine is asked for its events', async () => {
    await begin();
    assert.deepEqual(reads(), [undefined]);
    const { type, event } = fake.to('/events')[0]?.filters ?? {};
    assert.deepEqual(type, ['container', 'image', 'network', 'volume', 'gadget']);
    for (const action of ['make', 'made', 'break']) assert.ok(event?.includes(action), action);
    assert.equal(mirror.get('gadget', 'g')?.image, 'sha256:i');
    assert.ok(changes.includes('gadget +g') && changes.includes('gadget +h'));
  });

  it('follows the events that name its rows: they come, change and go', async () => {
    await begin();
    changes.length = 0;
    gadgets = [gadget('g', { Starts: 1 }), gadget('new')];
    for (const [action, id] of [
      ['make', 'new'],
      ['make', 'g'],
      ['break', 'h'],
    ] as const) {
      fake.emit(event('gadget', action, id));
    }
    await until('all is followed', () => changes.length === 3);
    assert.deepEqual(changes.sort(), ['gadget +new', 'gadget -h', 'gadget ~g']);
    assert.deepEqual(
      mirror.list('gadget').map(({ id }) => id),
      ['g', 'new'],
    );
  });

  it('follows events of other kinds that touch its rows, as it says itself', async () => {
    await begin();
    gadgets = [gadget('g', { Container: 'a', Starts: 1 }), gadget('h')];
    fake.emit(event('container', 'start', 'a'));
    await until('the start is counted', () => mirror.get('gadget', 'g')?.starts === 1);
    assert.deepEqual(reads(), [undefined, ['g']]);
    fake.emit(event('container', 'rename', 'a'));
    fake.emit(event('container', 'start', 'b'));
    await until('the container is read', () => fake.to('/containers/json').length >= 2);
    assert.equal(reads().length, 2);
  });

  it('follows changes in the rows of other kinds, as it says itself', async () => {
    await begin();
    fake.volumes = [{ Name: 'v' }, { Name: 'gears' }];
    fake.emit(event('volume', 'create', 'gears'));
    await until('the gadgets are read', () => reads().length === 2);
    assert.deepEqual(reads()[1], ['g', 'h']);
  });

  it('makes images be listed when a row comes that uses one of which nothing is known', async () => {
    await begin();
    fake.images.push({ Id: 'sha256:untagged', RepoTags: null });
    gadgets.push(gadget('new', { Image: 'sha256:untagged' }));
    fake.emit(event('gadget', 'make', 'new'));
    await until('the image is there', () => mirror.get('image', 'sha256:untagged'));
  });

  it('counts among the users of what it uses, with the kinds that used it before', async () => {
    await begin();
    const users = (): string[] => usage.of('image', 'sha256:i').map(({ id }) => id);
    assert.deepEqual(users(), ['a', 'g', 'h']);
    assert.ok(usage.isUsed('gear', 'small') && !usage.isUsed('gear', 'other'));
    const told: string[] = [];
    usage.onDidChange(({ kind, names }) => told.push(`${kind} ${[...names].join()}`));
    gadgets = [gadget('h')];
    fake.emit(event('gadget', 'break', 'g'));
    await until('its use is over', () => users().join() === 'a,h');
    assert.deepEqual(told, ['image sha256:i', 'gear small,large']);
  });

  it('has no rows where the engine does not allow it to be listed, and the others have theirs', async () => {
    fake.answers.set('/gadgets', (_, response) => sendJson(response, 403, { message: 'no gadgets for you' }));
    await begin();
    assert.ok(mirror.isForbidden('gadget') && !mirror.isForbidden('container'));
    assert.deepEqual([mirror.list('gadget').length, mirror.list('container').length], [0, 1]);
    fake.emit(event('gadget', 'make', 'new'));
    fake.emit(event('volume', 'create', 'v'));
    await until('the volumes are read', () => fake.to('/volumes').length === 2);
    assert.equal(reads().length, 1);
  });

  it('makes an engine useless that does not allow it to be listed, if it says that it is required', async () => {
    fake.answers.set('/gadgets', (_, response) => sendJson(response, 403, { message: 'no gadgets for you' }));
    mirror.dispose();
    const demanding: typeof table = { ...table, gadget: { ...gadgetKind, required: true } };
    mirror = new Mirror(connection, { kinds: demanding });
    connection.start();
    await until('it is tried again', () => reads().length > 1);
    assert.equal(mirror.state, 'loading');
  });

  it('leaves with the others when another engine is chosen', async () => {
    await begin();
    const left = mirror.farewell().map(({ kind, removed }) => `${kind} ${removed.map(({ id }) => id).join()}`);
    assert.deepEqual(left, ['container a', 'image sha256:i', 'network ', 'volume v', 'gadget g,h']);
  });
});

function gadget(id: string, more: Entry = {}): Entry {
  return { Id: id, Image: 'sha256:i', Container: '', Starts: 0, ...more };
}

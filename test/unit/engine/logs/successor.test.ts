import assert from 'node:assert/strict';
import { Connection } from '../../../../src/engine/connection/connection';
import { successor } from '../../../../src/engine/logs/successor';
import { Mirror } from '../../../../src/engine/mirror/mirror';
import { containerEntry, type Entry, event, FakeEngine } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';

const labels = (more: Entry = {}): Entry => ({
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': 'web',
  'com.docker.compose.container-number': '1',
  'com.docker.compose.oneoff': 'False',
  ...more,
});
const oneOff = { 'com.docker.compose.oneoff': 'True' };
const web = (id: string, Created: number, more?: Entry): Entry => containerEntry(id, { Created, Labels: labels(more) });

describe('The successor of a Compose container', () => {
  let fake: FakeEngine;
  let connection: Connection;
  let mirror: Mirror;
  let abort: AbortController;

  const begin = async (...containers: readonly Entry[]): Promise<void> => {
    fake.containers = [...containers];
    connection.start();
    await mirror.whenReady();
  };
  /** Removes the first container, and returns the one that takes its place. */
  const replaced = async (): Promise<(string | undefined)[]> => {
    const [first, ...others] = mirror.list('container').toSorted((a, b) => a.id.localeCompare(b.id));
    assert.ok(first);
    fake.containers = fake.containers.filter(({ Id }) => Id !== first.id);
    fake.emit(event('container', 'destroy', first.id));
    await until('it is gone', () => mirror.list('container').length === others.length);
    const found: (string | undefined)[] = [];
    void successor({ connection, mirror }, first, abort.signal).then(
      next => found.push(next?.id),
      () => found.push('none until the end'),
    );
    return found;
  };
  const appears = async (entry: Entry): Promise<void> => {
    fake.containers.push(entry);
    fake.emit(event('container', 'create', String(entry['Id'])));
    await until('its row is there', () => mirror.get('container', String(entry['Id'])));
  };

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    abort = new AbortController();
    connection = new Connection({ candidates: () => [fake.endpoint] });
    mirror = new Mirror(connection);
  });
  afterEach(async () => {
    abort.abort();
    mirror.dispose();
    connection.dispose();
    await fake.dispose();
  });

  it('is the newest container of its number that was not created earlier', async () => {
    await begin(
      web('a', 100),
      web('b', 50),
      web('c', 100),
      web('d', 200),
      web('e', 300, { 'com.docker.compose.container-number': '2' }),
    );
    const found = await replaced();
    await until('one is found', () => found.length);
    assert.deepEqual(found, ['d']);
  });

  it('is awaited while there are only older containers and those of one-off commands', async () => {
    await begin(web('a', 100), web('b', 50), web('c', 200, oneOff));
    const found = await replaced();
    await appears(web('d', 300, oneOff));
    await appears(web('e', 250));
    await until('one is found', () => found.length);
    assert.deepEqual(found, ['e']);
  });

  it('is none for a container of a one-off command', async () => {
    await begin(web('a', 100, oneOff), web('b', 200));
    const found = await replaced();
    await until('it is known', () => found.length);
    assert.deepEqual(found, [undefined]);
  });
});

import assert from 'node:assert/strict';
import type { Engine } from '../../../../../src/engine/connection/engine';
import { containerKind } from '../../../../../src/engine/objects/containers/kind';
import { containerEntry, FakeEngine, sendJson } from '../../../../support/engines/fakeEngine';

describe('The health of Podman’s containers', () => {
  let fake: FakeEngine;
  const { signal } = new AbortController();

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = ['a', 'b', 'c', 'd'].map(id => containerEntry(id));
  });
  afterEach(() => fake.dispose());

  /** Podman of this version, which holds containers of each health. */
  function podman(version: string): Engine {
    const health: Readonly<Record<string, string>> = { a: 'starting', b: 'healthy', c: 'unhealthy', d: '' };
    const engine = fake.engine('1.41', 'podman');
    fake.answers.set('/libpod/containers/json', ({ filters: { id } }, response) => {
      const ids = Object.keys(health).filter(name => !id || id.includes(name));
      sendJson(
        response,
        200,
        ids.map(Id => ({ Id, Status: version.startsWith('3') ? '' : health[Id] })),
      );
    });
    fake.answers.set('/containers/json', ({ filters }, response) => {
      const isWanted = (id: string): boolean =>
        (filters['id']?.includes(id) ?? true) && (filters['health']?.includes(health[id] ?? '') ?? true);
      sendJson(
        response,
        200,
        fake.containers.filter(({ Id }) => isWanted(String(Id))),
      );
    });
    return { ...engine, identity: { ...engine.identity, version } };
  }

  const versions: [version: string, requests: number][] = [
    ['3.4.4', 4],
    ['4.0.0', 2],
    ['4.3.1', 2],
    ['5.4.2', 2],
    ['', 4],
  ];
  for (const [version, requests] of versions) {
    it(`is read with ${requests - 1} more requests from version “${version}”, for all and for some`, async () => {
      const engine = podman(version);
      const read = async (ids?: string[]): Promise<string[]> =>
        (await containerKind.list(engine, ids, signal)).map(({ id, health }) => `${id} ${health ?? 'none'}`);
      assert.deepEqual(await read(), ['a starting', 'b healthy', 'c unhealthy', 'd none']);
      assert.equal(fake.requests.length, requests);
      assert.deepEqual(await read(['c', 'd']), ['c unhealthy', 'd none']);
      assert.ok(fake.requests.slice(requests).every(({ filters }) => filters['id']?.join() === 'c,d'));
    });
  }

  it('is unknown where Podman says something else', async () => {
    const engine = podman('4.3.1');
    fake.answers.set('/libpod/containers/json', (_, response) =>
      sendJson(response, 200, [
        { Id: 'a', Status: 'Up 5 minutes' },
        { Id: 'b', Status: 5 },
        null,
        { Status: 'healthy' },
      ]),
    );
    const rows = await containerKind.list(engine, undefined, signal);
    assert.deepEqual([...new Set(rows.map(({ health }) => health))], [undefined]);
  });
});

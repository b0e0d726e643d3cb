import assert from 'node:assert/strict';
import * as volumes from '../../../src/engine/objects/volumes';
import { fails, onEngines } from '../engines';

interface Printed {
  Name: string;
  Driver: string;
  Labels: Record<string, string> | null;
  Options: Record<string, string> | null;
}

describe('Operations on volumes', () => {
  onEngines(['20.10', 'podman'], on => {
    const printed = async (name: string): Promise<Printed> => {
      const [one] = JSON.parse(await on.test.docker('volume', 'inspect', name)) as Printed[];
      return one ?? assert.fail();
    };
    const names = async (): Promise<string[]> =>
      (await on.test.docker('volume', 'ls', '-q')).split('\n').filter(Boolean).sort();

    describe('create', () => {
      it('makes a volume as it is told, and gives its name', async () => {
        const driverOptions = { type: 'tmpfs', device: 'tmpfs' };
        const name = await volumes.create(on.engine, { name: 'data', labels: { 'a"b': 'ü' }, driverOptions });
        assert.equal(name, 'data');
        const { Driver, Labels, Options } = await printed('data');
        assert.deepEqual([Driver, Labels, Options], ['local', { 'a"b': 'ü' }, driverOptions]);
      });

      it('makes up a name where none is given', async () => {
        const name = await volumes.create(on.engine);
        assert.match(name, /^[0-9a-f]{64}$/);
        assert.deepEqual(await names(), [name]);
      });

      if (on.isDocker) {
        it('leaves a volume that is there already as it is', async () => {
          await volumes.create(on.engine, { name: 'data', labels: { first: '1' } });
          assert.equal(await volumes.create(on.engine, { name: 'data', labels: { second: '2' } }), 'data');
          assert.deepEqual((await printed('data')).Labels, { first: '1' });
        });

        it('fails for a name that is none, and for an option that there is not', async () => {
          await fails(volumes.create(on.engine, { name: 'a b' }), 'invalid', /a b/);
          await fails(volumes.create(on.engine, { driverOptions: { zz: '1' } }), 'invalid', /zz/);
        });

        // The engine looks for the plugin for 15 s.
        const itSlowly = process.env['QUAYSIDE_SOAK'] ? it : undefined;
        itSlowly?.('fails for a driver that there is not', () =>
          fails(volumes.create(on.engine, { driver: 'nosuch' }), 'notFound', /nosuch/),
        );
      }
    });

    it('inspect gives what docker volume inspect prints', async () => {
      await volumes.create(on.engine, { name: 'data' });
      assert.deepEqual(await volumes.inspect(on.engine, 'data'), await printed('data'));
      await fails(volumes.inspect(on.engine, 'nosuch'), 'notFound', /nosuch/);
    });

    describe('remove', () => {
      it('removes', async () => {
        await volumes.create(on.engine, { name: 'data' });
        await volumes.remove(on.engine, 'data');
        assert.deepEqual(await names(), []);
      });

      it('fails for a volume in use, with the container’s id', async () => {
        const container = await on.create('user', { host: { Binds: ['data:/data'] } });
        await fails(volumes.remove(on.engine, 'data'), 'inUse', new RegExp(container.slice(0, 12)));
        if (on.isDocker) await fails(volumes.remove(on.engine, 'data', { force: true }), 'inUse');
      });

      it('fails for a volume that is gone, unless forced', async () => {
        await fails(volumes.remove(on.engine, 'nosuch'), 'notFound', /nosuch/);
        if (on.isDocker) await volumes.remove(on.engine, 'nosuch', { force: true });
      });
    });

    describe('prune', () => {
      it('removes anonymous volumes only, or with all the named ones too, where the engine knows a difference', async () => {
        const anonymous = await volumes.create(on.engine);
        await volumes.create(on.engine, { name: 'named' });
        await on.create('user', { host: { Binds: ['used:/data'] } });
        const { removed } = await volumes.prune(on.engine);
        if (volumes.prunesNamedVolumes(on.engine)) {
          assert.deepEqual([...removed].sort(), [anonymous, 'named'].sort());
        } else {
          assert.deepEqual(removed, [anonymous]);
          assert.deepEqual((await volumes.prune(on.engine, { all: true })).removed, ['named']);
        }
        assert.deepEqual(await names(), ['used']);
      });

      it('with all removes all that is unused on every engine', async () => {
        await volumes.create(on.engine, { name: 'named' });
        assert.deepEqual((await volumes.prune(on.engine, { all: true })).removed, ['named']);
      });

      it('tells that there was nothing', async () => {
        assert.deepEqual(await volumes.prune(on.engine), { removed: [], reclaimed: 0 });
      });
    });
  });

  it('Engines of which generation prune named volumes is known', () => {
    const engine = (
      flavour: 'docker' | 'podman',
      apiVersion: string,
    ): Parameters<typeof volumes.prunesNamedVolumes>[0] =>
      ({ identity: { flavour, version: '', apiVersion } }) as Parameters<typeof volumes.prunesNamedVolumes>[0];
    assert.ok(volumes.prunesNamedVolumes(engine('docker', '1.41')));
    assert.ok(!volumes.prunesNamedVolumes(engine('docker', '1.42')));
    assert.ok(volumes.prunesNamedVolumes(engine('podman', '1.41')));
  });
});

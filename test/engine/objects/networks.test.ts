import assert from 'node:assert/strict';
import * as networks from '../../../src/engine/objects/networks';
import { fails, onEngines } from '../engines';

interface Printed {
  Name: string;
  Driver: string;
  Internal: boolean;
  Attachable: boolean;
  Labels: Record<string, string>;
  IPAM: { Config: { Subnet: string; Gateway: string }[] };
}

describe('Operations on networks', () => {
  onEngines(['20.10', 'podman'], on => {
    const printed = async (id: string): Promise<Printed> => {
      const [one] = JSON.parse(await on.test.docker('network', 'inspect', id)) as Printed[];
      return one ?? assert.fail();
    };
    const names = async (): Promise<string[]> =>
      ((await on.test.api('GET', '/networks')) as { Name: string }[]).map(({ Name }) => Name);

    describe('create', () => {
      it('makes a network as it is told', async () => {
        const id = await networks.create(on.engine, {
          name: 'own',
          subnet: '10.77.0.0/24',
          gateway: '10.77.0.1',
          internal: true,
          attachable: on.isDocker,
          labels: { 'a"b': 'ü' },
        });
        const { Name, Driver, Internal, Attachable, Labels, IPAM } = await printed(id);
        assert.deepEqual([Name, Driver, Internal, Labels], ['own', 'bridge', true, { 'a"b': 'ü' }]);
        if (on.isDocker) assert.equal(Attachable, true);
        assert.equal(IPAM.Config[0]?.Subnet, '10.77.0.0/24');
        assert.equal(IPAM.Config[0].Gateway, '10.77.0.1');
      });

      it('needs only a name', async () => {
        const id = await networks.create(on.engine, { name: 'own' });
        assert.equal((await printed(id)).Name, 'own');
      });

      it('fails for a name that is taken, on every engine', async () => {
        await networks.create(on.engine, { name: 'own' });
        await fails(networks.create(on.engine, { name: 'own' }), on.isDocker ? 'conflict' : 'failed', /already/);
        assert.equal((await names()).filter(name => name === 'own').length, 1);
      });

      if (on.isDocker) {
        // The engine looks for the plugin for 15 s.
        const itSlowly = process.env['QUAYSIDE_SOAK'] ? it : undefined;
        itSlowly?.('fails for a driver that there is not', () =>
          fails(networks.create(on.engine, { name: 'own', driver: 'nosuch' }), 'notFound', /nosuch/),
        );

        it('fails for a subnet that overlaps with another', async () => {
          await networks.create(on.engine, { name: 'own', subnet: '10.78.0.0/24' });
          const work = networks.create(on.engine, { name: 'other', subnet: '10.78.0.0/25' });
          await fails(work, 'invalid', /overlaps/i);
        });
      }

      it('fails for a subnet that is none', async () => {
        await assert.rejects(networks.create(on.engine, { name: 'own', subnet: '10.0.0/99' }), /10\.0\.0\/99/);
      });
    });

    describe('inspect', () => {
      it('gives what docker network inspect prints, also who is attached', async () => {
        const id = await networks.create(on.engine, { name: 'own' });
        const container = await on.run('user', { host: { NetworkMode: 'own' } });
        const given = await networks.inspect(on.engine, id);
        assert.deepEqual(given, await printed(id));
        assert.deepEqual(Object.keys(given['Containers'] as object), [container]);
      });

      it('fails for a network that is gone', () => fails(networks.inspect(on.engine, 'nosuch'), 'notFound', /nosuch/));
    });

    describe('remove', () => {
      it('removes, by id or name', async () => {
        const id = await networks.create(on.engine, { name: 'own' });
        await networks.create(on.engine, { name: 'other' });
        await networks.remove(on.engine, id);
        await networks.remove(on.engine, 'other');
        assert.deepEqual(
          (await names()).filter(name => name === 'own' || name === 'other'),
          [],
        );
      });

      if (on.isDocker) {
        it('fails for a network in use', async () => {
          await networks.create(on.engine, { name: 'own' });
          await on.run('user', { host: { NetworkMode: 'own' } });
          await fails(networks.remove(on.engine, 'own'), 'inUse', /active endpoints/);
        });

        it('fails for a network that the engine made', () =>
          fails(networks.remove(on.engine, 'bridge'), 'conflict', /pre-defined/));
      }

      it('fails for a network that is gone', () => fails(networks.remove(on.engine, 'nosuch'), 'notFound'));
    });

    it('prune removes what no container uses, and tells it', async () => {
      await networks.create(on.engine, { name: 'used' });
      await networks.create(on.engine, { name: 'unused' });
      await on.run('user', { host: { NetworkMode: 'used' } });
      assert.deepEqual(await networks.prune(on.engine), { removed: ['unused'], reclaimed: 0 });
      assert.ok((await names()).includes('used'));
      assert.deepEqual(await networks.prune(on.engine), { removed: [], reclaimed: 0 });
    });

    it('A cancel before the request leaves everything as it was', async () => {
      await fails(networks.create(on.engine, { name: 'own', signal: AbortSignal.abort() }), 'canceled');
      assert.ok(!(await names()).includes('own'));
    });
  });
});

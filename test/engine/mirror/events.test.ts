import assert from 'node:assert/strict';
import type { Connection } from '../../../src/engine/connection/connection';
import type { Mirror } from '../../../src/engine/mirror/mirror';
import type { Container } from '../../../src/engine/objects/containers/row';
import { until } from '../../support/until';
import { onEngines } from '../engines';
import { openMirror } from '../openMirror';

describe('The mirror follows', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    let connection: Connection;
    let mirror: Mirror;

    before(async () => {
      ({ connection, mirror } = await openMirror(on.test.host));
    });
    after(() => {
      mirror.dispose();
      connection.dispose();
    });

    const container = (what: string, holds: (row: Container) => boolean): Promise<Container> =>
      until(`the container ${what}`, () => mirror.list('container').find(holds));
    const post = (path: string, body?: unknown): Promise<unknown> => on.test.api('POST', path, body);

    it('a container’s whole life', async () => {
      const id = await on.create('box');
      await container('is there', row => row.name === 'box' && row.state === 'created');
      await post(`/containers/${id}/start`);
      await container('runs', row => row.state === 'running' && row.since !== undefined);
      await post(`/containers/${id}/pause`);
      await container('is paused', row => row.state === 'paused');
      await post(`/containers/${id}/unpause`);
      await container('runs again', row => row.state === 'running');
      await post(`/containers/${id}/rename?name=renamed`);
      await container('has its new name', row => row.name === 'renamed');
      await post(`/containers/${id}/kill`);
      const { exitCode } = await container('has ended', row => row.state === 'exited');
      assert.equal(exitCode, 137);
      await on.test.api('DELETE', `/containers/${id}`);
      await until('the container is gone', () => mirror.list('container').length === 0);
    });

    it('a container’s health', async () => {
      // Podman leaves the checking to systemd, which is not there.
      const check = async (id: string): Promise<unknown> =>
        on.isDocker || on.test.api('GET', `/v4.0.0/libpod/containers/${id}/healthcheck`);
      const Healthcheck = { Test: ['CMD-SHELL', 'test ! -e /broken'], Interval: 5e8, Retries: 1, Timeout: 5e9 };
      const id = await on.run('probed', { extra: { Healthcheck } });
      if (on.isDocker) await container('starts', row => row.health === 'starting');
      await until('the container is healthy', async () => {
        await check(id);
        return mirror.get('container', id)?.health === 'healthy';
      });
      await on.test.docker('exec', id, 'touch', '/broken');
      await until('the container is unhealthy', async () => {
        await check(id);
        return mirror.get('container', id)?.health === 'unhealthy';
      });
    });

    it('volumes that come and go', async () => {
      await post('/volumes/create', { Name: 'data', Labels: { a: 'b' } });
      const { labels } = await until('the volume is there', () => mirror.get('volume', 'data'));
      assert.equal(labels['a'], 'b');
      await on.test.api('DELETE', '/volumes/data');
      await until('the volume is gone', () => !mirror.get('volume', 'data'));
    });

    it('names of images that come and go', async () => {
      const named = (): boolean => mirror.list('image').some(({ tags }) => tags.some(tag => tag.endsWith('other:1')));
      const [image] = mirror.list('image');
      await post(`/images/${image?.id ?? ''}/tag?repo=other&tag=1`);
      await until('the name is there', named);
      await on.test.api('DELETE', '/images/other:1');
      await until('the name is gone', () => !named());
    });

    if (on.isDocker) {
      it('networks that come and go, and who is attached to them', async () => {
        const { Id } = (await post('/networks/create', { Name: 'own' })) as { Id: string };
        await until('the network is there', () => mirror.get('network', Id));
        const box = await on.run('box', { host: { NetworkMode: 'bridge' } });
        await post('/networks/own/connect', { Container: box });
        const { networks } = await container('is attached', row => row.networks.length === 2);
        assert.match(networks.find(({ network }) => network === 'own')?.address ?? '', /^172\./);
        await post('/networks/own/disconnect', { Container: box });
        await container('is attached no more', row => row.networks.length === 1);
        await on.test.api('DELETE', '/networks/own');
        await until('the network is gone', () => !mirror.get('network', Id));
      });

      it('the name of a container’s image, when that moves to another image', async () => {
        await post('/images/busybox/tag?repo=moving&tag=1');
        const id = await on.run('box', { image: 'moving:1' });
        await container('names its image', row => row.image === 'moving:1');
        await post(`/commit?container=${id}&repo=moving&tag=1`, {});
        await container('tells its image by id', row => row.id === id && row.image === row.imageId);
        await on.test.api('DELETE', '/images/moving:1');
      });

      it('a prune', async () => {
        await on.create('box');
        await post('/volumes/create', {});
        await until('both are there', () => mirror.list('container').length + mirror.list('volume').length === 2);
        await post('/containers/prune');
        await post('/volumes/prune');
        await until('both are gone', () => mirror.list('container').length + mirror.list('volume').length === 0);
      });
    }
  });
});

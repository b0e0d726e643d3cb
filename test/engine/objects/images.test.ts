import assert from 'node:assert/strict';
import * as images from '../../../src/engine/objects/images/operations';
import { imageId } from '../../../src/engine/objects/images/reference';
import { fails, onEngines } from '../engines';
import { bare, build, busybox, commit, exists, removeOwn, tags } from './images';

const absent = `sha256:${'f'.repeat(64)}`;

describe('Operations on images', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    afterEach(() => removeOwn(on));

    it('inspect gives what docker inspect prints, by any name', async () => {
      const printed = await on.inspect('busybox');
      for (const name of ['busybox', 'busybox:latest', printed.Id]) {
        const given = await images.inspect(on.engine, name);
        for (const key of ['Id', 'RepoTags', 'Created', 'Config', 'RootFS']) assert.deepEqual(given[key], printed[key]);
      }
      await fails(images.inspect(on.engine, 'nosuch:1'), 'notFound', /nosuch/);
    });

    it('history gives what docker history prints', async () => {
      await build(on, 'own:1');
      const entries = await images.history(on.engine, 'own:1');
      const printed = await on.test.docker(
        'history',
        '--no-trunc',
        '--human=false',
        '--format',
        '{{.ID}} {{.Size}}',
        'own:1',
      );
      const expected = entries.map(({ id, size }) => `${id || '<missing>'} ${size}`);
      assert.deepEqual(expected, printed.trim().split('\n'));
      assert.ok(entries.length >= 1 && entries.every(({ created }) => created > 1_600_000_000_000));
      if (on.isDocker) assert.deepEqual(entries[0]?.tags, ['own:1']);
      await fails(images.history(on.engine, 'nosuch:1'), 'notFound');
    });

    it('history gives every layer’s instruction, comment and time as docker history prints them', async () => {
      if (on.isDocker) await commit(on, 'own:2');
      else await build(on, 'own:2'); // Podman commits nothing without a policy on signatures in /etc.
      const printed = (
        await on.test.docker('history', '--no-trunc', '--human=false', '--format', '{{json .}}', 'own:2')
      )
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Record<'Comment' | 'CreatedAt' | 'CreatedBy' | 'ID' | 'Size', string>);
      const entries = await images.history(on.engine, 'own:2');
      assert.deepEqual(
        entries.map(({ id, createdBy, comment, size, created }) => [id, createdBy, comment, size, created]),
        printed.map(({ ID, CreatedBy, Comment, Size, CreatedAt }) => [
          ...[ID === '<missing>' ? '' : ID, CreatedBy, Comment, Number(Size), Date.parse(CreatedAt)],
        ]),
      );
      if (on.isDocker) assert.deepEqual([entries.length, entries[0]?.comment], [2, 'by hand']);
    });

    describe('tag', () => {
      it('gives an image another name, also with a registry’s port in it', async () => {
        await images.tag(on.engine, 'busybox', { repository: 'other', tag: '2' });
        await images.tag(on.engine, await busybox(on), { repository: 'host:5000/team/name', tag: 'x.y' });
        const known = await tags(on);
        assert.ok(known.includes('other:2'), known.join());
        assert.ok(known.includes('host:5000/team/name:x.y'), known.join());
      });

      it('fails for an image that is gone and for a name that is none', async () => {
        await fails(images.tag(on.engine, 'nosuch', { repository: 'a', tag: 'b' }), 'notFound');
        const work = images.tag(on.engine, 'busybox', { repository: 'Upper Case', tag: 'b' });
        await fails(work, on.test.kind === '26' || on.test.kind === '28' ? 'invalid' : 'failed');
      });
    });

    describe('remove', () => {
      it('of one name of several only untags', async () => {
        const id = await build(on, 'own:1');
        await images.tag(on.engine, id, { repository: 'own', tag: '2' });
        const { untagged, deleted } = await images.remove(on.engine, 'own:1');
        assert.deepEqual([untagged.map(bare), deleted], [['own:1'], []]);
        assert.ok(await exists(on, id));
      });

      it('of the last name deletes, and tells what', async () => {
        const id = await build(on, 'own:1');
        const { untagged, deleted } = await images.remove(on.engine, 'own:1');
        assert.deepEqual(untagged.map(bare), ['own:1']);
        assert.ok(deleted.map(imageId).includes(id));
        assert.ok(!(await exists(on, id)));
      });

      it('of an image in use fails with the container’s id, unless forced', async () => {
        await build(on, 'own:1');
        const container = await on.create('user', { image: 'own:1', command: ['none'] });
        await fails(images.remove(on.engine, 'own:1'), 'inUse', new RegExp(container.slice(0, 12)));
        await images.remove(on.engine, 'own:1', { force: true });
        assert.ok(!(await tags(on)).includes('own:1'));
      });

      it('by id of an image with several names fails, unless forced', async () => {
        const id = await build(on, 'own:1');
        await images.tag(on.engine, id, { repository: 'own', tag: '2' });
        if (on.isDocker) await fails(images.remove(on.engine, id), 'inUse', /must be forced/);
        await images.remove(on.engine, id, { force: true });
        assert.ok(!(await exists(on, id)));
      });

      if (on.isDocker) {
        it('keeps untagged parents when it is told to', async () => {
          const id = await build(on);
          await on.create('child', { image: id, command: ['none'] });
          const answer = await on.test.api('POST', '/commit?container=child&repo=own&tag=child', { Env: ['C=d'] });
          await on.test.api('DELETE', '/containers/child');
          const { deleted } = await images.remove(on.engine, 'own:child', { noprune: true });
          assert.deepEqual(deleted.filter(name => name === (answer as { Id: string }).Id).length, 1);
          assert.ok(await exists(on, id));
        });
      }

      it('of an image that is gone fails', () => fails(images.remove(on.engine, absent), 'notFound'));
    });

    describe('prune', () => {
      it('removes what dangles, and with all whatever no container uses', async () => {
        const dangling = await build(on);
        const named = await build(on, 'own:1');
        await on.create('user', { image: 'busybox' });
        const first = await images.prune(on.engine);
        assert.ok(first.removed.map(imageId).includes(dangling));
        assert.ok(!(await exists(on, dangling)));
        assert.ok(await exists(on, named));
        const second = await images.prune(on.engine, { all: true });
        assert.ok(second.removed.map(imageId).includes(named));
        assert.deepEqual(await tags(on), ['busybox:latest']);
        assert.equal(typeof second.reclaimed, 'number');
      });

      it('tells that there was nothing', async () => {
        assert.deepEqual(await images.prune(on.engine), { removed: [], reclaimed: 0 });
      });
    });
  });
});

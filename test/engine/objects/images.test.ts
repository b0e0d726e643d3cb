import assert from 'node:assert/strict';
import * as images from '../../../src/engine/objects/images/operations';
import { pull, type PullProgress } from '../../../src/engine/objects/images/pull';
import { imageId } from '../../../src/engine/objects/images/reference';
import { push, startRegistry, type TestRegistry } from '../../support/engines/registry';
import { fails, onEngines } from '../engines';

const absent = `sha256:${'f'.repeat(64)}`;

describe('Operations on images', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    const busybox = async (): Promise<string> => (await on.inspect('busybox')).Id;
    /** An image of its own, imported. Without a name it dangles. */
    const build = async (name?: string): Promise<string> => {
      const before = new Set(await ids());
      await on.test.api('POST', '/images/create?fromSrc=-', tarOf(`file${before.size}`));
      const made = (await ids()).find(id => !before.has(id)) ?? assert.fail('Nothing was imported');
      const [repo = '', tag = ''] = name?.split(':') ?? [];
      if (name !== undefined) await on.test.api('POST', `/images/${made}/tag?repo=${repo}&tag=${tag}`);
      return made;
    };
    /** An image of two layers. */
    const commit = async (name: string): Promise<void> => {
      const container = await on.create('box', { command: ['none'] });
      const [repo = '', tag = ''] = name.split(':');
      const changes = encodeURIComponent('CMD ["<b>&", "a\\tb"]');
      const query = `container=box&repo=${repo}&tag=${tag}&comment=by%20hand&changes=${changes}`;
      await on.test.api('POST', `/commit?${query}`, { Env: ['C=d'] });
      await on.test.api('DELETE', `/containers/${container}`);
    };
    const ids = async (): Promise<string[]> => {
      const listed = (await on.test.api('GET', '/images/json')) as { Id: string }[];
      return listed.map(({ Id }) => imageId(Id));
    };
    const tags = async (): Promise<string[]> => {
      const listed = (await on.test.api('GET', '/images/json')) as { RepoTags: string[] | null }[];
      return listed
        .flatMap(({ RepoTags }) => RepoTags ?? [])
        .flatMap(tag => (tag.startsWith('<none>') ? [] : bare(tag)));
    };
    const exists = async (id: string): Promise<boolean> => (await ids()).includes(id);
    /** Podman names the registry where Docker leaves it out. */
    const bare = (tag: string): string => tag.replace(/^(docker\.io\/library|localhost)\//, '');

    afterEach(async () => {
      const own = (await on.test.api('GET', '/images/json')) as { Id: string; RepoTags: string[] | null }[];
      for (const { Id, RepoTags } of own) {
        const others = (RepoTags ?? []).filter(tag => bare(tag) !== 'busybox:latest');
        const names = RepoTags?.some(tag => bare(tag) === 'busybox:latest') ? others : [Id];
        for (const name of names) await on.test.api('DELETE', `/images/${name}?force=1`);
      }
    });

    it('inspect gives what docker inspect prints, by any name', async () => {
      const printed = await on.inspect('busybox');
      for (const name of ['busybox', 'busybox:latest', printed.Id]) {
        const given = await images.inspect(on.engine, name);
        for (const key of ['Id', 'RepoTags', 'Created', 'Config', 'RootFS']) assert.deepEqual(given[key], printed[key]);
      }
      await fails(images.inspect(on.engine, 'nosuch:1'), 'notFound', /nosuch/);
    });

    it('history gives what docker history prints', async () => {
      await build('own:1');
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
      if (on.isDocker) await commit('own:2');
      else await build('own:2'); // Podman commits nothing without a policy on signatures in /etc.
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
        await images.tag(on.engine, await busybox(), { repository: 'host:5000/team/name', tag: 'x.y' });
        const known = await tags();
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
        const id = await build('own:1');
        await images.tag(on.engine, id, { repository: 'own', tag: '2' });
        const { untagged, deleted } = await images.remove(on.engine, 'own:1');
        assert.deepEqual([untagged.map(bare), deleted], [['own:1'], []]);
        assert.ok(await exists(id));
      });

      it('of the last name deletes, and tells what', async () => {
        const id = await build('own:1');
        const { untagged, deleted } = await images.remove(on.engine, 'own:1');
        assert.deepEqual(untagged.map(bare), ['own:1']);
        assert.ok(deleted.map(imageId).includes(id));
        assert.ok(!(await exists(id)));
      });

      it('of an image in use fails with the container’s id, unless forced', async () => {
        await build('own:1');
        const container = await on.create('user', { image: 'own:1', command: ['none'] });
        await fails(images.remove(on.engine, 'own:1'), 'inUse', new RegExp(container.slice(0, 12)));
        await images.remove(on.engine, 'own:1', { force: true });
        assert.ok(!(await tags()).includes('own:1'));
      });

      it('by id of an image with several names fails, unless forced', async () => {
        const id = await build('own:1');
        await images.tag(on.engine, id, { repository: 'own', tag: '2' });
        if (on.isDocker) await fails(images.remove(on.engine, id), 'inUse', /must be forced/);
        await images.remove(on.engine, id, { force: true });
        assert.ok(!(await exists(id)));
      });

      if (on.isDocker) {
        it('keeps untagged parents when it is told to', async () => {
          const id = await build();
          await on.create('child', { image: id, command: ['none'] });
          const answer = await on.test.api('POST', '/commit?container=child&repo=own&tag=child', { Env: ['C=d'] });
          await on.test.api('DELETE', '/containers/child');
          const { deleted } = await images.remove(on.engine, 'own:child', { noprune: true });
          assert.deepEqual(deleted.filter(name => name === (answer as { Id: string }).Id).length, 1);
          assert.ok(await exists(id));
        });
      }

      it('of an image that is gone fails', () => fails(images.remove(on.engine, absent), 'notFound'));
    });

    describe('prune', () => {
      it('removes what dangles, and with all whatever no container uses', async () => {
        const dangling = await build();
        const named = await build('own:1');
        await on.create('user', { image: 'busybox' });
        const first = await images.prune(on.engine);
        assert.ok(first.removed.map(imageId).includes(dangling));
        assert.ok(!(await exists(dangling)));
        assert.ok(await exists(named));
        const second = await images.prune(on.engine, { all: true });
        assert.ok(second.removed.map(imageId).includes(named));
        assert.deepEqual(await tags(), ['busybox:latest']);
        assert.equal(typeof second.reclaimed, 'number');
      });

      it('tells that there was nothing', async () => {
        assert.deepEqual(await images.prune(on.engine), { removed: [], reclaimed: 0 });
      });
    });

    if (on.isDocker) {
      describe('pull', () => {
        const layers = 3;
        let registry: TestRegistry;
        let big: string;

        before(async function () {
          this.timeout(120_000);
          registry = await startRegistry(on.test);
          big = `${registry.host}/team/big:1`;
          await on.test.api('POST', `/images/busybox/tag?repo=${registry.host}/team/big&tag=1`);
          for (let layer = 0; layer < layers; layer++) {
            const command = ['sh', '-c', `head -c 25000000 /dev/urandom > /layer${layer}`];
            const id = await on.run('writer', { image: big, command });
            await on.test.api('POST', `/containers/${id}/wait`);
            await on.test.api('POST', `/commit?container=${id}&repo=${registry.host}/team/big&tag=1`, {});
            await on.test.api('DELETE', `/containers/${id}`);
          }
          await push(on.test, big);
          await on.test.api('DELETE', `/images/${big}?force=1`);
        });
        after(() => registry.dispose());

        it('yields the progress of each layer, and leaves the image there', async () => {
          const seen = new Map<string, Set<string>>();
          const lines: PullProgress[] = [];
          for await (const line of pull(on.engine, big)) {
            lines.push(line);
            if (!line.layer) continue;
            seen.set(line.layer, (seen.get(line.layer) ?? new Set()).add(line.status));
            if (line.current !== undefined && line.total !== undefined) assert.ok(line.current <= line.total);
          }
          const pulled = [...seen.values()].filter(statuses => statuses.has('Pull complete'));
          assert.ok(pulled.length >= layers, [...seen.values()].map(statuses => [...statuses].join()).join('; '));
          assert.ok(pulled.filter(statuses => statuses.has('Downloading')).length >= layers);
          assert.ok(lines.some(({ status, total }) => status === 'Downloading' && total !== undefined && total > 20e6));
          assert.match(lines.at(-1)?.status ?? '', /^Status: Downloaded newer image/);
          assert.ok((await tags()).includes(big));
        });

        it('says that nothing is newer', async () => {
          await drain(pull(on.engine, big));
          const statuses: string[] = [];
          for await (const { status } of pull(on.engine, big)) statuses.push(status);
          assert.match(statuses.at(-1) ?? '', /^Status: Image is up to date/);
        });

        it('by digest', async () => {
          await drain(pull(on.engine, big));
          const [digest = ''] = (await on.inspect(big))['RepoDigests'] as string[];
          await drain(pull(on.engine, digest));
        });

        it('takes the tag “latest” where none is named, rather than all', async () => {
          await fails(drain(pull(on.engine, big.replace(/:1$/, ''))), 'notFound', /latest/);
        });

        const failing: [
          name: string,
          reference: () => string,
          kind: 'notFound' | 'invalid' | 'failed',
          sentence: RegExp,
        ][] = [
          [
            'a tag that there is not',
            () => `${registry.host}/team/big:none`,
            'notFound',
            /manifest.*none|none.*not found/,
          ],
          ['a repository that there is not', () => `${registry.host}/nobody/nothing:1`, 'notFound', /nothing/],
          ['a name that is none', () => 'Upper:1', 'invalid', /must be lowercase/],
          ['a registry that is not there', () => '127.0.0.1:1/a:1', 'failed', /connection refused/],
        ];
        for (const [name, reference, kind, sentence] of failing) {
          it(`fails for ${name}`, () => fails(drain(pull(on.engine, reference())), kind, sentence));
        }

        it('can be canceled in its middle, and then leaves no image', async () => {
          const abort = new AbortController();
          const work = async (): Promise<void> => {
            for await (const { status } of pull(on.engine, big, { signal: abort.signal })) {
              if (status === 'Downloading') abort.abort();
            }
          };
          await fails(work(), 'canceled');
          await new Promise(resolve => setTimeout(resolve, 1_500));
          assert.ok(!(await tags()).includes(big));
        });

        it('ends when its reader leaves the loop', async () => {
          for await (const { status } of pull(on.engine, big)) if (status === 'Downloading') break;
          await new Promise(resolve => setTimeout(resolve, 1_500));
          assert.ok(!(await tags()).includes(big));
        });

        it('can be canceled before it begins', () =>
          fails(drain(pull(on.engine, big, { signal: AbortSignal.abort() })), 'canceled'));

        it('fails in its middle with the engine’s reason when the registry’s layers are damaged', async () => {
          registry.damage();
          const work = async (): Promise<string[]> => {
            const statuses: string[] = [];
            for await (const { status } of pull(on.engine, big)) statuses.push(status);
            return statuses;
          };
          await fails(work(), 'failed');
          assert.ok(!(await tags()).includes(big));
        });
      });
    } else {
      it('pull fails with the engine’s reason', () =>
        fails(drain(pull(on.engine, '127.0.0.1:1/nothing:1')), 'failed', /127\.0\.0\.1:1/));
    }
  });
});

async function drain(lines: AsyncIterator<unknown>): Promise<void> {
  while (!(await lines.next()).done) continue;
}

/** A tar archive with one small file. */
function tarOf(name: string): Buffer {
  const content = Buffer.alloc(512, name);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0' + '0000000\0' + '0000000\0' + '00000001000\0' + '00000000000\0', 100);
  header.write('        0', 148);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc(1024)]);
}

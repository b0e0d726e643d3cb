import assert from 'node:assert/strict';
import { pull, type PullProgress } from '../../../src/engine/objects/images/pull';
import { push, startRegistry, type TestRegistry } from '../../support/engines/registry';
import { fails, onEngines } from '../engines';
import { removeOwn, tags } from './images';

describe('Operations on images', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    afterEach(() => removeOwn(on));

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
          assert.ok((await tags(on)).includes(big));
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
          assert.ok(!(await tags(on)).includes(big));
        });

        it('ends when its reader leaves the loop', async () => {
          for await (const { status } of pull(on.engine, big)) if (status === 'Downloading') break;
          await new Promise(resolve => setTimeout(resolve, 1_500));
          assert.ok(!(await tags(on)).includes(big));
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
          assert.ok(!(await tags(on)).includes(big));
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

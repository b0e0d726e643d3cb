import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Subject } from '../../../src/ui/objects/subject';
import type { TestEngine } from '../../support/engines/engine';
import { push, startRegistry, type TestRegistry } from '../../support/engines/registry';
import { replaceIn, withPerson } from '../person';
import {
  api,
  assertSentence,
  call,
  containerIn,
  emptyEngine,
  inspect,
  newContainer,
  node,
  quayside,
  refusal,
  until,
} from '../setup';

interface Inspected {
  Id: string;
  RepoTags: string[];
}

const inspected = (reference: string): Promise<Inspected | undefined> =>
  inspect<Inspected>(`/images/${reference}/json`);

const has = async (reference: string): Promise<boolean> => (await inspected(reference)) !== undefined;

function imageNode(id: string, reference?: string): { subject: Subject } {
  return node({ kind: 'image', id, ...(reference !== undefined && { reference }) });
}

/** An image of its own with these tags (at least one); returns its id when Quayside has listed it so. */
async function newImage(...tags: readonly string[]): Promise<string> {
  const container = await newContainer();
  const [first = 'made', ...others] = tags;
  const comment = `${performance.now()}`;
  const { Id } = (await api('POST', `/commit?container=${container}&repo=${first}&tag=latest&comment=${comment}`)) as {
    Id: string;
  };
  for (const tag of others) await api('POST', `/images/${Id}/tag?repo=${tag}&tag=latest`);
  await api('DELETE', `/containers/${container}`);
  await tagged(Id, tags);
  return Id;
}

/** A tagged image that was made from one without a tag; both ids, when Quayside has listed the tagged one. */
async function newFamily(tag: string): Promise<[parent: string, child: string]> {
  const parent = await newImage(`${tag}-parent`);
  const container = await newContainer({ image: parent });
  const path = `/commit?container=${container}&repo=${tag}&tag=latest`;
  const { Id } = (await api('POST', path, { Env: ['CHILD=yes'] })) as { Id: string };
  await api('DELETE', `/containers/${container}`);
  await api('DELETE', `/images/${tag}-parent:latest`);
  await tagged(Id, [tag]);
  const rows = await quayside();
  await until('the parent is listed no more', () => rows.list('image').every(({ id }) => id !== parent));
  return [parent, Id];
}

async function tagged(id: string, tags: readonly string[]): Promise<void> {
  const rows = await quayside();
  const wanted = tags.map(tag => `${tag}:latest`).sort();
  await until(`the image is listed as ${wanted.join(', ')}`, () => {
    const row = rows.list('image').find(image => image.id === id);
    return row?.tags.join() === wanted.join();
  });
}

/** Something on port 5999 of the engine's network that takes connections and never answers. */
async function silentRegistry(): Promise<void> {
  const id = await containerIn('running', {
    command: ['nc', '-ll', '-p', '5999', '-e', 'sleep', '1000'],
    host: { NetworkMode: 'host' },
  });
  const { State } = (await api('GET', `/containers/${id}/json`)) as { State: { Pid: number } };
  const sockets = ['tcp', 'tcp6'].map(name => `/proc/${State.Pid}/net/${name}`);
  await until('it listens', async () => {
    const tables = await Promise.all(sockets.map(file => readFile(file, 'utf8')));
    return tables.some(table => /:176F [0-9A-F:]+ 0A/.test(table));
  });
}

async function onlyBusybox(): Promise<void> {
  await emptyEngine();
  const images = (await api('GET', '/images/json')) as { Id: string; RepoTags: string[] | null }[];
  for (const { Id, RepoTags } of images) {
    const others = RepoTags?.filter(tag => tag !== 'busybox:latest' && !tag.startsWith('<none>')) ?? [];
    for (const tag of others) await api('DELETE', `/images/${tag}`);
    if (!RepoTags?.includes('busybox:latest') && others.length === 0) await api('DELETE', `/images/${Id}?force=1`);
  }
  const rows = await quayside();
  await until(
    'only busybox is left',
    () =>
      rows
        .list('image')
        .flatMap(({ tags }) => tags)
        .join() === 'busybox:latest',
  );
}

describe('Commands on images', () => {
  beforeEach(onlyBusybox);
  after(onlyBusybox);

  describe('quayside.image.tag', () => {
    const tag = 'quayside.image.tag';

    it('gives the tag that a program gives or a person types', async () => {
      const id = await newImage('made');
      await call(tag, 'made', { reference: 'registry.example:5000/team/app:1.2' });
      await call(tag, id, { reference: 'untold' });
      const shown = await withPerson({ inputs: ['typed:2'] }, () => call(tag, imageNode(id, 'made:latest')));
      assert.deepEqual(shown.errors, []);
      assert.equal(shown.inputs[0]?.title, 'Tag “made:latest”');
      assert.deepEqual((await inspected('made'))?.RepoTags.sort(), [
        'made:latest',
        'registry.example:5000/team/app:1.2',
        'typed:2',
        'untold:latest',
      ]);
      await withPerson({}, () => call(tag, imageNode(id)));
      assert.equal((await inspected('made'))?.RepoTags.length, 4);
    });

    const refused: [reference: string, cause: string][] = [
      ['Upper', 'a repository is written registry/name, the name in small letters and digits'],
      ['a b', 'a repository is written registry/name, the name in small letters and digits'],
      ['$(touch x)', 'a repository is written registry/name, the name in small letters and digits'],
      ['app:-x', 'a tag has letters, digits and _ . - only'],
    ];
    for (const [reference, cause] of refused) {
      it(`refuses “${reference}”`, async () => {
        const id = await newImage('made');
        assert.equal(await refusal(call(tag, 'made', { reference })), `Could not tag “made:latest”: ${cause}`);
        const { inputs } = await withPerson({}, () => call(tag, imageNode(id, 'made:latest')));
        assert.equal(inputs[0]?.validate(reference), `A${cause.slice(1)}`);
        assert.deepEqual((await inspected(id))?.RepoTags, ['made:latest']);
      });
    }

    it('says what is not there', async () => {
      assert.equal(await refusal(call(tag, 'nothing', { reference: 'x' })), 'There is no image “nothing”');
    });
  });

  describe('quayside.image.remove', () => {
    const remove = 'quayside.image.remove';

    it('removes by id, tag, short name, list, and clicked rows', async () => {
      const ids: string[] = [];
      for (const name of ['by-id', 'by-tag', 'by-name', 'listed-1', 'listed-2', 'clicked'])
        ids.push(await newImage(name));
      await call(remove, ids[0], { ask: false });
      await call(remove, 'by-tag:latest', { ask: false });
      await call(remove, 'by-name', { ask: false });
      await call(remove, ['listed-1', 'listed-2'], { ask: false });
      const shown = await withPerson({ buttons: ['Remove'] }, () =>
        call(remove, imageNode(ids[5] ?? '', 'clicked:latest')),
      );
      assert.equal(shown.questions[0]?.message, 'Remove image “clicked:latest”?');
      assert.match(
        shown.questions[0].detail,
        /^The image goes, with its layers that no other image has \(.+ in all\)\.$/,
      );
      assert.deepEqual(
        await Promise.all(ids.map(has)),
        ids.map(() => false),
      );
    });

    it('only takes the tag of an image that has others, and says so', async () => {
      const id = await newImage('one', 'two');
      const no = await withPerson({}, () => call(remove, imageNode(id, 'one:latest')));
      assert.equal(no.questions[0]?.detail, 'Only this tag goes. The image stays as “two:latest”.');
      assert.deepEqual([await has('one'), await has('two')], [true, true]);
      await call(remove, 'one', { ask: false });
      assert.deepEqual([await has('one'), await has('two')], [false, true]);
    });

    it('asks more firmly where an image goes with several tags, and wants force of a program', async () => {
      const id = await newImage('one', 'two');
      assert.equal(
        await refusal(call(remove, id, { ask: false })),
        'Could not remove “one:latest”: it has several tags; give one of them, or force to remove all',
      );
      assert.equal(await has(id), true);
      const shown = await withPerson({ buttons: ['Remove Anyway'] }, () => call(remove, imageNode(id)));
      assert.deepEqual(shown.questions[0]?.buttons, ['Remove Anyway']);
      assert.match(shown.questions[0].detail, /^Its tags go with it: /m);
      assert.equal(await has(id), false);
    });

    it('refuses what a running container uses, with force too', async () => {
      const id = await newImage('used');
      await containerIn('running', { name: 'user', image: 'used' });
      const sentence = 'Could not remove “used:latest”: container “user” uses it';
      assert.equal(await refusal(call(remove, 'used', { ask: false, force: true })), sentence);
      const shown = await withPerson({ buttons: ['Remove Anyway'] }, () => call(remove, imageNode(id, 'used:latest')));
      assert.deepEqual([shown.errors, shown.questions], [[sentence], []]);
      assert.equal(await has('used'), true);
    });

    it('names the stopped containers that use an image, and removes it by force only', async () => {
      const id = await newImage('used');
      await containerIn('exited', { name: 'ended', image: 'used' });
      assert.equal(
        await refusal(call(remove, 'used', { ask: false })),
        'Could not remove “used:latest”: container “ended” uses it; give force to remove it all the same',
      );
      assert.equal(await has('used'), true);
      const shown = await withPerson({ buttons: ['Remove Anyway'] }, () => call(remove, imageNode(id, 'used:latest')));
      assert.match(shown.questions[0]?.detail ?? '', /Stopped containers use it, and stay without it: “ended”\./);
      assert.deepEqual(shown.errors, []);
      assert.equal(await has('used'), false);
    });

    it('keeps the untagged images that an image was made from when it is told to', async () => {
      const [parent, child] = await newFamily('child');
      const shown = await withPerson({ buttons: ['Remove, Keep Parents'] }, () =>
        call(remove, imageNode(child, 'child:latest')),
      );
      assert.deepEqual(shown.questions[0]?.buttons, ['Remove', 'Remove, Keep Parents']);
      assert.match(shown.questions[0].detail, /Parent images without a tag go too, where nothing else needs them\.$/);
      assert.deepEqual([await has(parent), await has(child)], [true, false]);
      const [kept] = await newFamily('other');
      await call(remove, 'other', { ask: false, noprune: true });
      assert.equal(await has(kept), true);
      const [gone] = await newFamily('third');
      await withPerson({ buttons: ['Remove'] }, () => call(remove, 'third'));
      assert.equal(await has(gone), false);
    });

    it('says what is not there', async () => {
      assert.equal(await refusal(call(remove, 'nothing', { ask: false })), 'There is no image “nothing”');
      const shown = await withPerson({}, () => call(remove, imageNode(`sha256:${'0'.repeat(64)}`)));
      assert.deepEqual(shown.errors, ['There is no image “000000000000”']);
    });
  });

  it('prunes untagged images, and all unused ones, once asked', async () => {
    await containerIn('created', { image: 'busybox' });
    const dangling = await newImage('soon');
    await newImage('other');
    await api('POST', '/images/other/tag?repo=soon&tag=latest');
    await tagged(dangling, []);
    const no = await withPerson({}, () => call('quayside.image.prune'));
    assert.equal(no.questions[0]?.message, 'Remove 1 image without a tag that no container uses?');
    assert.equal(await has(dangling), true);
    await withPerson({ buttons: ['Remove'] }, () => call('quayside.image.prune'));
    assert.deepEqual([await has(dangling), await has('other')], [false, true]);
    const rows = await quayside();
    await until('it is listed no more', () => rows.list('image').every(({ id }) => id !== dangling));
    const none = await withPerson({}, () => call('quayside.image.prune'));
    assert.deepEqual(none.errors, ['There is no unused image without a tag to remove']);
    await withPerson({ buttons: ['Remove'] }, () => call('quayside.image.pruneAll'));
    assert.deepEqual([await has('other'), await has('busybox')], [false, true]);
  });

  it('copies names and ids, and shows inspection and history', async () => {
    const id = await newImage('shown');
    assert.equal(await call('quayside.image.copyName', id), 'shown:latest');
    assert.equal(await call('quayside.image.copyName', imageNode(id, 'shown:latest')), 'shown:latest');
    assert.equal(await call('quayside.image.copyId', 'shown'), id);
    assert.equal(await vscode.env.clipboard.readText(), id);
    await call('quayside.image.inspect', 'shown');
    const text = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.deepEqual(JSON.parse(text()), await api('GET', '/images/shown/json'));
    await call('quayside.image.history', 'shown');
    assert.match(text(), /^IMAGE +CREATED \(UTC\) +SIZE +CREATED BY\n/);
    assert.match(text(), /sleep 1000000/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  describe('quayside.image.pull', () => {
    const pull = 'quayside.image.pull';
    const engine = {
      socket: process.env['QUAYSIDE_TEST_SOCKET'],
      namespace: process.env['QUAYSIDE_TEST_NAMESPACE'],
    } as TestEngine;
    let registry: TestRegistry;
    let reference = '';
    before(async () => {
      registry = await startRegistry(engine);
      reference = `${registry.host}/team/app:1`;
      await api('POST', `/images/busybox/tag?repo=${registry.host}/team/app&tag=1`);
      await push(engine, reference);
    });
    after(() => registry.dispose());

    it('pulls what a program names or a person types', async () => {
      await call(pull, reference);
      assert.equal(await has(reference), true);
      await api('DELETE', `/images/${reference}`);
      const shown = await withPerson({ inputs: [reference] }, () => call(pull));
      assert.deepEqual([shown.errors, shown.notices], [[], [`“${reference}” is here and up to date`]]);
      assert.equal(shown.inputs[0]?.title, 'Pull an Image');
      assert.equal(shown.inputs[0].validate('a b'), 'A reference is written registry/name:tag, without spaces');
      assert.equal(await has(reference), true);
    });

    it('pulls clicked tags again', async () => {
      await call(pull, reference);
      const { Id = '' } = (await inspected(reference)) ?? {};
      const rows = await quayside();
      await until('it is listed', () => rows.list('image').some(({ tags }) => tags.includes(reference)));
      const shown = await withPerson({}, () => call('quayside.image.pullAgain', imageNode(Id, reference)));
      assert.deepEqual([shown.errors, shown.notices], [[], [`“${reference}” is here and up to date`]]);
    });

    it('tells in one sentence what the registry does not have, and what does not answer', async () => {
      const unknown = `${registry.host}/team/unknown:1`;
      const message = await refusal(call(pull, unknown));
      assert.match(message, new RegExp(`^Could not pull “${unknown}”: .*(not found|manifest unknown)`));
      const shown = await withPerson({ inputs: ['127.0.0.1:1/nowhere'] }, () => call(pull));
      assert.equal(shown.errors.length, 1);
      assertSentence(shown.errors[0] ?? '');
      assert.match(shown.errors[0] ?? '', /^Could not pull “127\.0\.0\.1:1\/nowhere”: .*connection refused/);
      assert.equal(
        await refusal(call(pull, 'a b')),
        'Could not pull “a b”: a reference is written registry/name:tag, without spaces',
      );
    });

    it('can be cancelled while the registry keeps it waiting, and is silent then', async () => {
      await silentRegistry();
      const titles: string[] = [];
      const cancelled = new vscode.CancellationTokenSource();
      const restore = replaceIn(vscode.window, {
        withProgress: (
          { title = '' }: vscode.ProgressOptions,
          task: (progress: object, token: vscode.CancellationToken) => Promise<unknown>,
        ) => {
          titles.push(title);
          setTimeout(() => cancelled.cancel(), 100);
          return task({ report: () => undefined }, cancelled.token);
        },
      });
      try {
        const shown = await withPerson({ inputs: ['127.0.0.1:5999/slow:1'] }, () => call(pull));
        assert.deepEqual([shown.errors, shown.notices], [[], []]);
        assert.deepEqual(titles, ['Pulling “127.0.0.1:5999/slow:1”']);
      } finally {
        restore();
        cancelled.dispose();
      }
    });
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { TestEngine } from '../../support/engines/engine';
import { push, startRegistry, type TestRegistry } from '../../support/engines/registry';
import { replaceIn, withPerson } from '../person';
import { api, assertSentence, call, containerIn, quayside, refusal, until } from '../setup';
import { has, imageNode, inspected, onlyBusybox } from './images';

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

describe('Commands on images', () => {
  beforeEach(onlyBusybox);
  after(onlyBusybox);

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

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type EngineProxy, startProxy } from '../support/engines/proxy';
import { type Answers, replaceIn, withPerson } from './person';
import { call, containerIn, emptyEngine, quayside, until } from './setup';

/** What asks an engine that has stopped answering, as a program calls it, and what is shown meanwhile. */
const programs: [command: string, args: unknown[], title: string][] = [
  ['quayside.container.inspect', ['held'], 'Reading “held”'],
  ['quayside.image.history', ['busybox'], 'Reading “busybox:latest”'],
  ['quayside.container.copyRunCommand', ['held'], 'Copying from “held”'],
  ['quayside.container.start', ['unknown'], 'Asking the engine'],
  ['quayside.engine.info', [{ ask: false }], 'Engine Information'],
  ['quayside.engine.diskUse', [{ ask: false }], 'Disk Use'],
  ['quayside.engine.ping', [{ ask: false }], 'Asking the engine'],
];

/** The same for people, who answer what comes before. */
const people: [command: string, answers: Answers, title: string][] = [
  ['quayside.engine.version', {}, 'Engine Version'],
  ['quayside.network.create', { inputs: ['new'] }, 'Asking the engine for its drivers'],
  ['quayside.volume.create', { inputs: ['new'] }, 'Asking the engine for its drivers'],
];

/** Quayside's documents; VS Code opens and closes that of its settings whenever it likes. */
function shownDocuments(): string[] {
  const all = vscode.workspace.textDocuments.map(({ uri }) => uri);
  return all.filter(({ scheme }) => scheme.startsWith('quayside')).map(String);
}

describe('A command that waits for an engine that hangs', () => {
  let proxy: EngineProxy;

  before(async () => {
    await emptyEngine();
    await containerIn('created', { name: 'held' });
    proxy = await startProxy(process.env['QUAYSIDE_TEST_SOCKET'] ?? '');
    await call('quayside.engine.select', proxy.host);
    const rows = await quayside();
    await rows.whenReady();
    await until('the container is listed', () => rows.list('container').length === 1);
    proxy.hang(true);
  });

  after(async () => {
    proxy.hang(false);
    await call('quayside.engine.select', '');
    await (await quayside()).whenReady();
    await proxy.dispose();
    await emptyEngine();
  });

  /** Presses Cancel as soon as the progress shows; returns the titles that were shown. */
  async function cancelling(work: () => Promise<void>): Promise<string[]> {
    const titles: string[] = [];
    const cancel = new vscode.CancellationTokenSource();
    type Task = (progress: object, token: vscode.CancellationToken) => Promise<unknown>;
    const restore = replaceIn(vscode.window, {
      withProgress: ({ title = '', cancellable }: vscode.ProgressOptions, task: Task) => {
        assert.equal(cancellable, true);
        titles.push(title);
        setTimeout(() => cancel.cancel(), 10);
        return task({ report: () => undefined }, cancel.token);
      },
    });
    try {
      await work();
    } finally {
      restore();
      cancel.dispose();
    }
    return titles;
  }

  for (const [command, args, title] of programs) {
    it(`is cancelled, and rejects as VS Code has it: ${command}`, async () => {
      const titles = await cancelling(async () => {
        const isCancellation = (error: unknown): boolean => error instanceof vscode.CancellationError;
        await assert.rejects(call(command, ...args), isCancellation);
      });
      assert.deepEqual(titles, [title]);
      assert.deepEqual(shownDocuments(), []);
    });
  }

  for (const [command, answers, title] of people) {
    it(`is cancelled, and says nothing to a person: ${command}`, async () => {
      const titles = await cancelling(async () => {
        const shown = await withPerson(answers, async () => assert.equal(await call(command), undefined));
        assert.deepEqual([shown.errors, shown.notices], [[], []]);
      });
      assert.deepEqual(titles, [title]);
    });
  }
});

import assert from 'node:assert/strict';
import { type Duplex, PassThrough } from 'node:stream';
import { readPieces } from '../../../../../src/engine/client/frames';
import type { ContainerProcess, Started } from '../../../../../src/engine/processes/start';
import type * as ProcessSourceModule from '../../../../../src/ui/terminals/processes/processSource';
import { RunningProcesses } from '../../../../../src/ui/terminals/processes/runningProcesses';
import type { TerminalEnd, TerminalSink } from '../../../../../src/ui/terminals/source';
import { FakeEngine, sendJson } from '../../../../support/engines/fakeEngine';
import { temporaryFolder, type TemporaryFolder } from '../../../../support/temporaryFolder';
import { until } from '../../../../support/until';
import { l10n, loadAnew } from '../../vscodeStub';

const modules = ['text', 'objects/containers'];
const { ProcessSource } = loadAnew(modules, 'terminals/processes/processSource', {
  l10n,
}) as typeof ProcessSourceModule;

let shown = '';
const sink: TerminalSink = {
  write: text => Promise.resolve(void (shown += text)),
  writeOwn: () => Promise.resolve(),
  status: () => Promise.resolve(),
};

/** The size of a terminal that VS Code still makes. */
const guess = { columns: 80, rows: 24 };

describe('The process of a terminal', function () {
  this.timeout(15_000);
  let folder: TemporaryFolder;
  let fake: FakeEngine;
  let warnings: string[];

  beforeEach(async () => {
    folder = temporaryFolder('processes');
    fake = await new FakeEngine().start();
    warnings = [];
    shown = '';
  });

  afterEach(async () => {
    await fake.dispose();
    folder.remove();
  });

  const answer = (path: string, status: number, value: object): void =>
    void fake.answers.set(path, (_, response) => sendJson(response, status, value));

  /** A process that the engine knows as e1. */
  const processOf = (stream: Duplex, tty: boolean): ContainerProcess => {
    const named = { containerId: 'c1', execId: 'e1', pid: undefined, shell: undefined, user: undefined, tty };
    return { ...named, sized: Promise.resolve(), stream, output: readPieces(stream, tty) };
  };

  const sourceOf = (start: ProcessSourceModule.StartProcess): ProcessSourceModule.ProcessSource => {
    const log = { info: () => undefined, warn: (text: string) => void warnings.push(text) };
    return new ProcessSource({
      session: { engine: fake.engine(), mirror: { list: () => [] } },
      target: { id: 'c1', name: 'web', called: [], row: { state: 'running' } },
      processes: new RunningProcesses(folder.path, log),
      start,
      ...{ failed: String, again: 'again', againWhenRunning: 'again when it runs' },
      first: { started: () => undefined, failed: () => undefined, ended: () => undefined },
    } as unknown as ProcessSourceModule.ProcessSourceOptions);
  };

  async function endOf(): Promise<TerminalEnd> {
    const stream = new PassThrough();
    stream.end();
    const source = sourceOf(() => Promise.resolve({ kind: 'started', process: processOf(stream, false) }));
    return source.run(sink, guess, new AbortController().signal);
  }

  const cases: [what: string, exec: [number, object], container: [number, object], message: string][] = [
    ['has ended with an exit code', [200, { Running: false, ExitCode: 3 }], [200, {}], 'Exit code 3'],
    [
      'was killed with its container',
      [200, { Running: false, ExitCode: 137 }],
      [200, { State: { Running: false } }],
      '“web” has stopped · Exit code 137',
    ],
    ['is gone with its container', [404, { message: 'No such exec' }], [404, { message: 'none' }], '“web” was removed'],
    [
      'still runs for the engine, in a container that has stopped',
      [200, { Running: true }],
      [200, { State: { Running: false } }],
      '“web” has stopped',
    ],
  ];
  for (const [what, exec, container, message] of cases) {
    it(`is left alone if its stream has ended and it ${what}`, async () => {
      answer('/exec/e1/json', ...exec);
      answer('/containers/c1/json', ...container);
      assert.equal((await endOf()).message, message);
      assert.deepEqual(warnings, []);
    });
  }

  it('has lost its connection if its stream has ended while it runs, and is ended', async () => {
    answer('/exec/e1/json', 200, { Running: true });
    answer('/containers/c1/json', 200, { State: { Running: true } });
    const { message, again } = await endOf();
    assert.equal(message, 'The connection was lost: it was closed before the process had ended');
    assert.equal(again, 'again');
    const tried = (): boolean => warnings.join().startsWith('Process e1 of container c1 may still run');
    await until('its end was tried', tried, { timeout: 8_000 });
  });

  it('is ended on the next connection if its stream has ended because the engine is lost', async () => {
    fake.answers.set('/exec/e1/json', () => fake.breakSockets());
    assert.match((await endOf()).message ?? '', /^The connection was lost: the engine does not answer/);
    await until('its end was tried', () => warnings.join().includes('process e1 of container c1 could not be ended'));
    answer('/exec/e1/json', 200, { Running: false, ExitCode: 0 });
    const asked = fake.to('/exec/e1/json').length;
    await new RunningProcesses(folder.path, { info: () => undefined, warn: () => undefined }).endLeft(fake.engine());
    assert.equal(fake.to('/exec/e1/json').length, asked + 1, 'it was written down');
  });

  describe('that is being started', () => {
    let stream: PassThrough;
    let settle: () => void;
    let source: ProcessSourceModule.ProcessSource;
    let close: AbortController;
    let end: Promise<TerminalEnd>;

    beforeEach(() => {
      stream = new PassThrough();
      close = new AbortController();
      const started = new Promise<Started>(resolve => {
        settle = () => resolve({ kind: 'started', process: { ...processOf(stream, true), pid: 7 } });
      });
      source = sourceOf(() => started);
      end = source.run(sink, guess, close.signal);
      answer('/exec/e1/resize', 200, {});
      answer('/exec/e1/json', 200, { Running: false, ExitCode: 0 });
    });

    it('gets the size that the terminal has when it opens, and what was typed meanwhile', async () => {
      source.resize({ columns: 100, rows: 20 });
      source.resize({ columns: 100, rows: 30 });
      source.input('l');
      source.input('s\r');
      assert.equal(fake.requests.length, 0);
      settle();
      await until('it comes back', () => shown === 'ls\r');
      await until('the size was told', () => fake.to('/exec/e1/resize').length > 0);
      stream.end();
      assert.equal((await end).message, 'Exit code 0');
      const sizes = fake.to('/exec/e1/resize').map(({ query }) => [query.get('w'), query.get('h')]);
      assert.deepEqual(sizes, [['100', '30']]);
    });

    it('gets no size if the terminal has the one that it began with', async () => {
      settle();
      stream.write('$ ');
      await until('it prompts', () => shown === '$ ');
      stream.end();
      assert.equal((await end).message, 'Exit code 0');
      assert.deepEqual(fake.to('/exec/e1/resize'), []);
    });

    it('is ended as soon as it runs if the terminal was closed meanwhile', async () => {
      close.abort();
      assert.equal(fake.requests.length, 0, 'there is nothing to end yet');
      settle();
      await until('it was looked at to be ended', () => fake.to('/exec/e1/json').length > 0);
      assert.deepEqual(await end, {});
      assert.ok(stream.destroyed);
    });
  });
});

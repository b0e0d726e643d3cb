import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { ContainerProcess } from '../../../../src/engine/processes';
import { readPieces } from '../../../../src/engine/streams';
import type * as ProcessSourceModule from '../../../../src/ui/terminals/processSource';
import { RunningProcesses } from '../../../../src/ui/terminals/runningProcesses';
import type { TerminalEnd, TerminalSink } from '../../../../src/ui/terminals/source';
import { temporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder';
import { until } from '../../../support/until';
import { FakeEngine, sendJson } from '../../engine/fakeEngine';
import { l10n, loadAnew } from '../vscodeStub';

const modules = ['words', 'objects/containers'];
const { ProcessSource } = loadAnew(modules, 'terminals/processSource', { l10n }) as typeof ProcessSourceModule;

const sink: TerminalSink = {
  write: () => Promise.resolve(),
  writeOwn: () => Promise.resolve(),
  status: () => Promise.resolve(),
};

describe('A process whose stream has ended', function () {
  this.timeout(10_000);
  let folder: TemporaryFolder;
  let fake: FakeEngine;
  let warnings: string[];

  beforeEach(async () => {
    folder = temporaryFolder('processes');
    fake = await new FakeEngine().start();
    warnings = [];
  });

  afterEach(async () => {
    await fake.dispose();
    folder.remove();
  });

  const answer = (path: string, status: number, value: object): void =>
    void fake.answers.set(path, (_, response) => sendJson(response, status, value));

  async function endOf(): Promise<TerminalEnd> {
    const engine = fake.engine();
    const stream = new PassThrough();
    const named = { containerId: 'c1', execId: 'e1', pid: undefined, shell: undefined, user: undefined, tty: false };
    const output = readPieces(stream, false);
    const process: ContainerProcess = { ...named, sized: Promise.resolve(), stream, output };
    const log = { info: () => undefined, warn: (text: string) => void warnings.push(text) };
    const processes = new RunningProcesses(folder.path, log);
    stream.end();
    const source = new ProcessSource({
      session: { engine, mirror: { list: () => [] } },
      target: { id: 'c1', name: 'web', called: [], row: { state: 'running' } },
      processes,
      start: () => Promise.resolve({ kind: 'started', process }),
      ...{ failed: String, again: 'again', againWhenRunning: 'again when it runs' },
      first: { started: () => undefined, failed: () => undefined, ended: () => undefined },
    } as unknown as ProcessSourceModule.ProcessSourceOptions);
    return source.run(sink, { columns: 80, rows: 24 }, new AbortController().signal);
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
    it(`and that ${what} is left alone`, async () => {
      answer('/exec/e1/json', ...exec);
      answer('/containers/c1/json', ...container);
      assert.equal((await endOf()).message, message);
      assert.deepEqual(warnings, []);
    });
  }

  it('though it still runs has lost its connection, and is ended', async () => {
    answer('/exec/e1/json', 200, { Running: true });
    answer('/containers/c1/json', 200, { State: { Running: true } });
    const { message, again } = await endOf();
    assert.equal(message, 'The connection was lost: it was closed before the process had ended');
    assert.equal(again, 'again');
    await until('its end was tried', () => warnings.join().startsWith('Process e1 of container c1 may still run'));
  });

  it('because the engine is lost is ended on the next connection', async () => {
    fake.answers.set('/exec/e1/json', () => fake.breakSockets());
    assert.match((await endOf()).message ?? '', /^The connection was lost: the engine does not answer/);
    await until('its end was tried', () => warnings.join().includes('process e1 of container c1 could not be ended'));
    answer('/exec/e1/json', 200, { Running: false, ExitCode: 0 });
    const asked = fake.to('/exec/e1/json').length;
    await new RunningProcesses(folder.path, { info: () => undefined, warn: () => undefined }).endLeft(fake.engine());
    assert.equal(fake.to('/exec/e1/json').length, asked + 1, 'it was written down');
  });
});

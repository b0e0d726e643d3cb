import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { ContainerProcess, Started } from '../../../../../src/engine/processes/start';
import { isRunning, ownIdentity } from '../../../../../src/ui/terminals/processes/processIdentity';
import { RunningProcesses } from '../../../../../src/ui/terminals/processes/runningProcesses';
import { FakeEngine, sendJson } from '../../../../support/engines/fakeEngine';
import { temporaryFolder, type TemporaryFolder } from '../../../../support/temporaryFolder';
import { until } from '../../../../support/until';

const quiet = { info: () => undefined, warn: () => undefined };

async function* nothing(): AsyncGenerator<never> {
  // It prints nothing.
}

function processNamed(execId: string): ContainerProcess {
  const stream = new PassThrough();
  return {
    containerId: 'c1',
    execId,
    pid: 7,
    shell: 'bash',
    user: 'me',
    tty: true,
    sized: Promise.resolve(),
    stream,
    output: nothing(),
  };
}

describe('The processes that terminals have started', () => {
  let folder: TemporaryFolder;
  let fake: FakeEngine;

  beforeEach(async () => {
    folder = temporaryFolder('processes');
    fake = await new FakeEngine().start();
  });

  afterEach(async () => {
    await fake.dispose();
    folder.remove();
  });

  const notes = (): string[] => readdirSync(folder.path);
  const noted = (name = notes()[0] ?? ''): { processes: { execId: string; pid?: number; shell?: string }[] } =>
    JSON.parse(readFileSync(join(folder.path, name), 'utf8')) as ReturnType<typeof noted>;
  const start = (running: RunningProcesses, process: ContainerProcess): Promise<Started> =>
    running.start(fake.engine(), 'c1', created => {
      created(process.execId);
      return Promise.resolve({ kind: 'started', process });
    });
  const left = (owner: object, execId = 'e1'): void => {
    const processes = [{ endpoint: fake.endpoint.url, containerId: 'c1', execId, pid: 7 }];
    writeFileSync(join(folder.path, '99.json'), JSON.stringify({ owner, processes }));
  };

  it('are written down while they run, and no longer', async () => {
    const running = new RunningProcesses(folder.path, quiet);
    assert.deepEqual(notes(), []);
    const first = processNamed('e1');
    await start(running, first);
    await start(running, processNamed('e2'));
    const [file = ''] = notes();
    assert.deepEqual(
      noted(file).processes.map(({ execId }) => execId),
      ['e1', 'e2'],
    );
    running.ended(first);
    assert.deepEqual(
      noted(file).processes.map(({ execId }) => execId),
      ['e2'],
    );
  });

  describe('that are being started', () => {
    let settle: (started: Started) => void;
    let fail: (error: Error) => void;
    let running: RunningProcesses;
    let started: Promise<Started>;

    beforeEach(() => {
      running = new RunningProcesses(folder.path, quiet);
      const settled = new Promise<Started>((resolve, reject) => {
        settle = resolve;
        fail = reject;
      });
      started = running.start(fake.engine(), 'c1', created => {
        created('e0');
        created('e1'); // The first shell that was tried is not there.
        return settled;
      });
      fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 200, { Running: false, ExitCode: 0 }));
    });

    it('are written down before they run, and then with what ends them', async () => {
      assert.deepEqual(
        noted().processes.map(({ execId, pid }) => [execId, pid]),
        [['e1', undefined]],
      );
      settle({ kind: 'started', process: processNamed('e1') });
      await started;
      assert.deepEqual(
        noted().processes.map(({ execId, pid, shell }) => [execId, pid, shell]),
        [['e1', 7, 'bash']],
      );
    });

    it('are forgotten if nothing was started', async () => {
      settle({ kind: 'noShell', text: '' });
      await started;
      assert.deepEqual(notes(), []);
    });

    it('are ended at the end of the window as soon as they run', async () => {
      const ended = running.endAll();
      settle({ kind: 'started', process: processNamed('e1') });
      await ended;
      assert.equal(fake.to('/exec/e1/json').length, 1);
      assert.deepEqual(notes(), []);
    });

    it('are ended if it is not known whether they were started', async () => {
      fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 400, { message: 'no' }));
      fake.answers.set('/containers/c1/json', (_, response) => sendJson(response, 200, { State: { Running: true } }));
      fail(new Error('the answer was lost'));
      await assert.rejects(started, /lost/);
      await until('it was tried', () => fake.to('/containers/c1/json').length > 0);
      assert.equal(noted().processes.length, 1, 'it is still written down');
      fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 200, { Running: false, ExitCode: 0 }));
      await running.endLeft(fake.engine());
      assert.deepEqual(notes(), []);
    });
  });

  it('are ended even if their extension host was killed after this one had begun', async () => {
    fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 200, { Running: false, ExitCode: 0 }));
    const running = new RunningProcesses(folder.path, quiet);
    left({ pid: 0 });
    await running.endLeft(fake.engine());
    assert.equal(fake.to('/exec/e1/json').length, 1);
    assert.deepEqual(notes(), []);
  });

  it('are ended if their extension host is dead, once their engine is connected', async () => {
    left({ pid: 2 ** 22 + 1, started: '1' });
    fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 200, { Running: false, ExitCode: 0 }));
    const running = new RunningProcesses(folder.path, quiet);
    assert.equal(noted(notes()[0] ?? '').processes.length, 1, 'they are this window’s now');
    await running.endLeft({ ...fake.engine(), endpoint: { ...fake.endpoint, url: 'unix:///another' } });
    assert.equal(fake.to('/exec/e1/json').length, 0);
    await running.endLeft(fake.engine());
    assert.equal(fake.to('/exec/e1/json').length, 1);
    assert.deepEqual(notes(), []);
  });

  it('are left alone while their extension host lives', async () => {
    left(ownIdentity());
    const running = new RunningProcesses(folder.path, quiet);
    await running.endLeft(fake.engine());
    assert.equal(fake.requests.length, 0);
    assert.deepEqual(notes(), ['99.json']);
  });

  it('stay written down if they cannot be ended', async () => {
    left({ pid: 0 });
    fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 400, { message: 'no' }));
    fake.answers.set('/containers/c1/json', (_, response) => sendJson(response, 200, { State: { Running: true } }));
    const running = new RunningProcesses(folder.path, quiet);
    await running.endLeft(fake.engine());
    assert.equal(noted(notes()[0] ?? '').processes.length, 1);
  });

  it('are forgotten if the engine no longer knows them, though their container runs', async () => {
    left({ pid: 0 });
    fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 404, { message: 'No such exec instance' }));
    fake.answers.set('/containers/c1/json', (_, response) => sendJson(response, 200, { State: { Running: true } }));
    await new RunningProcesses(folder.path, quiet).endLeft(fake.engine());
    assert.deepEqual(notes(), []);
    assert.equal(fake.to('/containers/c1/exec').length, 0);
  });

  it('are forgotten if the file cannot be read', () => {
    writeFileSync(join(folder.path, '99.json'), '{"owner":');
    new RunningProcesses(folder.path, quiet);
    assert.deepEqual(notes(), []);
  });

  it('belong to the extension host of the same id only if it started at the same time', () => {
    assert.equal(isRunning(ownIdentity()), true);
    assert.equal(isRunning({ ...ownIdentity(), started: 'another time' }), false);
    assert.equal(isRunning({ pid: 0, started: '' }), false);
  });
});

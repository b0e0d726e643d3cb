import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { ContainerProcess } from '../../../src/engine/processes';
import { isRunning, ownMark } from '../../../src/ui/terminals/processMark';
import { RunningProcesses } from '../../../src/ui/terminals/runningProcesses';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder';
import { FakeEngine, sendJson } from '../engine/fakeEngine';

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
  const noted = (name: string): { processes: { execId: string }[] } =>
    JSON.parse(readFileSync(join(folder.path, name), 'utf8')) as { processes: { execId: string }[] };
  const left = (owner: object, execId = 'e1'): void => {
    const processes = [{ endpoint: fake.endpoint.url, containerId: 'c1', execId, pid: 7 }];
    writeFileSync(join(folder.path, '99.json'), JSON.stringify({ owner, processes }));
  };

  it('are written down while they run, and no longer', () => {
    const running = new RunningProcesses(folder.path, quiet);
    assert.deepEqual(notes(), []);
    const first = processNamed('e1');
    running.begun(fake.engine(), first);
    running.begun(fake.engine(), processNamed('e2'));
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

  it('are ended on their engine when their extension host is dead, once it is connected', async () => {
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
    left(ownMark());
    const running = new RunningProcesses(folder.path, quiet);
    await running.endLeft(fake.engine());
    assert.equal(fake.requests.length, 0);
    assert.deepEqual(notes(), ['99.json']);
  });

  it('stay written down where they cannot be ended', async () => {
    left({ pid: 0 });
    fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 400, { message: 'no' }));
    fake.answers.set('/containers/c1/json', (_, response) => sendJson(response, 200, { State: { Running: true } }));
    const running = new RunningProcesses(folder.path, quiet);
    await running.endLeft(fake.engine());
    assert.equal(noted(notes()[0] ?? '').processes.length, 1);
  });

  it('are forgotten where the engine knows them no more, though their container runs', async () => {
    left({ pid: 0 });
    fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 404, { message: 'No such exec instance' }));
    fake.answers.set('/containers/c1/json', (_, response) => sendJson(response, 200, { State: { Running: true } }));
    await new RunningProcesses(folder.path, quiet).endLeft(fake.engine());
    assert.deepEqual(notes(), []);
    assert.equal(fake.to('/containers/c1/exec').length, 0);
  });

  it('are forgotten where the notes cannot be read', () => {
    writeFileSync(join(folder.path, '99.json'), '{"owner":');
    new RunningProcesses(folder.path, quiet);
    assert.deepEqual(notes(), []);
  });

  it('belong to the extension host of the same id only when it began at the same time', () => {
    assert.equal(isRunning(ownMark()), true);
    assert.equal(isRunning({ ...ownMark(), started: 'another time' }), false);
    assert.equal(isRunning({ pid: 0, started: '' }), false);
  });
});

import assert from 'node:assert/strict';
import { DeadlineError } from '../../../../src/base/abort';
import type { EngineClient } from '../../../../src/engine/client/client';
import { endProcess } from '../../../../src/engine/processes/end';
import { type ExecSpec, exitCodeOf, rareDetachKeys, startExec } from '../../../../src/engine/processes/exec';
import { FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { saying } from '../../../support/sentence';

describe('An exec', () => {
  let fake: FakeEngine;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.answers.set('/containers/c%2F1/exec', (_, response) => sendJson(response, 201, { Id: 'e1' }));
    fake.answers.set('/exec/e1/start', (_, response) => response.writeHead(200).end('printed'));
    fake.answers.set('/exec/e1/resize', (_, response) => response.writeHead(201).end());
  });

  afterEach(() => fake.dispose());

  /** The bodies of the engine’s requests. The process prints, so all of them have been made by its end. */
  async function asked(apiVersion: string, spec: ExecSpec): Promise<unknown[]> {
    const engine = fake.engine(apiVersion);
    const { stream } = await startExec(engine, 'c/1', spec);
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    assert.equal(text, 'printed');
    engine.client.close();
    return fake.requests.map(({ body }) => (body ? JSON.parse(body) : undefined) as unknown);
  }

  const attached = { AttachStdin: true, AttachStdout: true, AttachStderr: true, DetachKeys: rareDetachKeys };

  it('sends the command and its settings, and nothing else', async () => {
    const place = { env: ['A=b'], user: 'me', workdir: '/srv', privileged: true };
    const [create, start] = await asked('1.41', { command: ['a', 'b'], tty: false, stdin: false, ...place });
    const body = { Cmd: ['a', 'b'], Tty: false, ...attached, AttachStdin: false };
    assert.deepEqual(create, { ...body, Env: ['A=b'], User: 'me', WorkingDir: '/srv', Privileged: true });
    assert.deepEqual(start, { Detach: false, Tty: false });
    fake.requests.length = 0;
    assert.deepEqual((await asked('1.41', { command: ['x'], tty: true }))[0], { Cmd: ['x'], Tty: true, ...attached });
  });

  it('of a closed client is ended through a new one, which is closed afterwards even if the engine hangs', async () => {
    const engine = fake.engine();
    engine.client.close();
    const opened: EngineClient[] = [];
    const reopen = (): EngineClient => {
      const client = engine.reopen();
      opened.push(client);
      return client;
    };
    const process = { containerId: 'c', execId: 'e1', pid: 7, shell: 'sh', user: undefined };
    fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 200, { Running: false }));
    assert.equal(await endProcess({ ...engine, reopen }, process), true);
    fake.answers.set('/exec/e1/json', () => undefined);
    await assert.rejects(endProcess({ ...engine, reopen }, process, { reopenedDeadline: 100 }), DeadlineError);
    assert.deepEqual(
      opened.map(({ closed }) => closed),
      [true, true],
    );
  });

  it('that may just be starting is looked at several times before it is ended, but not for ever', async () => {
    const unstarted = { Running: false, ExitCode: null };
    const starting = { Running: true, ExitCode: null, Pid: 0 };
    const over = { Running: false, ExitCode: 129, Pid: 0 };
    const noted = { containerId: 'c', execId: 'e1', shell: undefined, user: undefined };
    for (const [pid, states, looks] of [
      [undefined, [unstarted, starting, over], 3],
      [undefined, [unstarted], 5],
      [undefined, [over], 1],
      [7, [unstarted], 1],
    ] as const) {
      let looked = 0;
      fake.answers.set('/exec/e1/json', (_, response) => {
        sendJson(response, 200, states[Math.min(looked++, states.length - 1)] ?? {});
      });
      assert.equal(await endProcess(fake.engine(), { ...noted, pid }), true);
      assert.equal(looked, looks);
    }
  });

  it('tells the terminal’s size with the command from API 1.42 on', async () => {
    const size = { rows: 33, columns: 77 };
    const [create, start] = await asked('1.42', { command: ['x'], tty: true, size });
    assert.deepEqual(create, { Cmd: ['x'], Tty: true, ...attached, ConsoleSize: [33, 77] });
    assert.deepEqual(start, { Detach: false, Tty: true, ConsoleSize: [33, 77] });
    assert.equal(fake.to('/exec/e1/resize').length, 0);
  });

  it('fails if the engine sends no id', async () => {
    fake.answers.set('/containers/c%2F1/exec', (_, response) => sendJson(response, 201, { Id: '../x' }));
    await assert.rejects(startExec(fake.engine(), 'c/1', { command: ['x'], tty: true }), saying(/no id/));
  });

  it('is asked for its exit code until the engine tells it, but not for ever', async () => {
    let looks = 0;
    fake.answers.set('/exec/e1/json', (_, response) =>
      sendJson(response, 200, ++looks < 4 ? { Running: true, ExitCode: null } : { Running: false, ExitCode: 7 }),
    );
    assert.equal(await exitCodeOf(fake.engine(), 'e1'), 7);
    assert.equal(looks, 4);
    fake.answers.set('/exec/e1/json', (_, response) => sendJson(response, 200, { Running: true, ExitCode: 0 }));
    assert.equal(await exitCodeOf(fake.engine(), 'e1'), undefined);
  });
});

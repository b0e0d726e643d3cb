import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Piece } from '../../../src/engine/client/frames';
import { attach, resizeConsole } from '../../../src/engine/processes/attach';
import { endProcess } from '../../../src/engine/processes/end';
import { exitCodeOf, inspectExec, resizeExec } from '../../../src/engine/processes/exec';
import {
  type ContainerProcess,
  type ShellOptions,
  startCommand,
  type Started,
  startShell,
} from '../../../src/engine/processes/start';
import { loadShellless } from '../../support/engines/shellless';
import { until } from '../../support/until';
import { engineOf } from '../engineOf';
import { fails, onEngines } from '../engines';

/** What a process prints, as it comes. */
class Reader {
  text = '';
  ended = false;
  readonly end: Promise<void>;

  constructor(output: AsyncIterable<Piece[]>) {
    this.end = this.#read(output);
  }

  async shows(pattern: RegExp): Promise<void> {
    await until(`${pattern.source} in ${JSON.stringify(this.text)}`, () => pattern.test(this.text));
  }

  async #read(output: AsyncIterable<Piece[]>): Promise<void> {
    try {
      for await (const pieces of output) for (const { bytes } of pieces) this.text += bytes.toString('latin1');
    } finally {
      this.ended = true;
    }
  }
}

function processOf(started: Started): ContainerProcess {
  return started.kind === 'started' ? started.process : assert.fail(started.text);
}

const megabyte = Buffer.alloc(1024 * 1024);
for (let index = 0; index < megabyte.length; index++) megabyte[index] = (index * 7 + (index >> 8)) & 0xff;
const checksum = createHash('md5').update(megabyte).digest('hex');

describe('Processes in containers', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    const shellIn = async (id: string, options: ShellOptions = {}): Promise<ContainerProcess> =>
      processOf(await startShell(on.engine, id, options));
    const programs = async (id: string): Promise<string> =>
      JSON.stringify(await on.test.api('GET', `/containers/${id}/top?ps_args=-eo%20pid,stat,args`));
    const isRunning = async (id: string): Promise<unknown> => (await on.inspect(id)).State.Status;

    it('opens the first shell there is, echoes, and has the terminal’s size from the start and after a change', async () => {
      const id = await on.run('box');
      const shell = await shellIn(id, { shells: ['nosuchshell', 'zsh -l'], size: { rows: 33, columns: 77 } });
      const seen = new Reader(shell.output);
      await seen.shows(/[#$] /);
      shell.stream.write('echo $0; stty size\n');
      await seen.shows(/ash\r\n33 77\r\n/);
      await resizeExec(on.engine, shell.execId, { rows: 44, columns: 111 });
      shell.stream.write('stty size\n');
      await seen.shows(/44 111\r\n/);
      assert.doesNotMatch(seen.text, /quayside/);
      shell.stream.write('exit 7\n');
      await seen.end;
      assert.equal(await exitCodeOf(on.engine, shell.execId), 7);
    });

    it('prefers the shell that is asked for, with its arguments', async () => {
      const id = await on.run('box');
      const shell = await shellIn(id, { shells: ['sh -x'] });
      const seen = new Reader(shell.output);
      shell.stream.write('A=traced\nexit\n');
      await seen.end;
      assert.match(seen.text, /\+ A=traced/);
    });

    for (const tty of [true, false]) {
      it(`tells exit codes of commands ${tty ? 'with' : 'without'} a terminal`, async () => {
        const id = await on.run('box');
        for (const [line, code] of [
          ['true', 0],
          ['false', 1],
          ['kill -9 $$', 137],
        ] as const) {
          const { output, execId } = processOf(await startCommand(on.engine, id, line, { tty }));
          await new Reader(output).end;
          assert.equal(await exitCodeOf(on.engine, execId), code, line);
        }
      });
    }

    it('tells the engine’s reason for a user and a folder that are not there', async () => {
      const id = await on.run('box');
      const reason = async (options: ShellOptions): Promise<string> => {
        const started = await startShell(on.engine, id, options).catch((error: unknown) => error as Error);
        if (started instanceof Error) return started.message;
        assert.equal(started.kind, 'failed');
        return 'text' in started ? started.text : '';
      };
      assert.match(
        await reason({ user: 'nobodyx' }),
        /unable to find user nobodyx: no matching entries in passwd file/,
      );
      assert.match(await reason({ workdir: '/nosuch' }), /\/nosuch.*no such file or directory/);
      const command = await startCommand(on.engine, id, 'nosuchcommand', { tty: false });
      const seen = new Reader(processOf(command).output);
      await seen.end;
      assert.match(seen.text, /nosuchcommand: not found/);
    });

    it('runs as another user, elsewhere, with further variables', async () => {
      const id = await on.run('box');
      const options = { tty: false, user: '65534', workdir: '/tmp', env: ['A=x y', 'B='] };
      const { output } = processOf(await startCommand(on.engine, id, 'id -u; pwd; echo "$A-$B-"', options));
      const seen = new Reader(output);
      await seen.end;
      assert.equal(seen.text, '65534\n/tmp\nx y--\n');
    });

    it('refuses a container that is gone, and one that does not run', async () => {
      await fails(startShell(on.engine, 'f'.repeat(64)), 'notFound');
      const id = await on.create('box');
      await fails(startShell(on.engine, id), on.isDocker ? 'conflict' : 'failed', /running/);
    });

    it('passes a megabyte on whole, through a raw terminal and without one, where the end of the input ends it', async () => {
      const id = await on.run('box');
      const raw = processOf(
        await startCommand(on.engine, id, `stty raw -echo; echo ready; head -c ${megabyte.length} | md5sum`, {
          tty: true,
        }),
      );
      const seen = new Reader(raw.output);
      await seen.shows(/ready/);
      raw.stream.write(megabyte);
      await seen.shows(new RegExp(checksum));
      const plain = processOf(await startCommand(on.engine, id, 'md5sum; echo after', { tty: false }));
      const sum = new Reader(plain.output);
      plain.stream.end(megabyte);
      await sum.end;
      assert.equal(sum.text, `${checksum}  -\nafter\n`);
    });

    it('passes the usual detach keys on to the shell', async () => {
      const id = await on.run('box');
      const shell = await shellIn(id);
      const seen = new Reader(shell.output);
      await seen.shows(/[#$] /);
      shell.stream.write('echo first-$((1+1))\n');
      await seen.shows(/first-2/);
      shell.stream.write('\x10'); // The last line once more.
      await seen.shows(/first-2[^]*echo first-\$\(\(1\+1\)\)/);
      shell.stream.write('\x11\x0bX\n');
      await until('the shell lives', async () => (await inspectExec(on.engine, shell.execId)).running);
      assert.equal(seen.ended, false);
      await endProcess(on.engine, shell);
    });

    it('ends a shell with all that it began, but jobs that were told to outlive it', async () => {
      const id = await on.run('box');
      const shell = await shellIn(id);
      const seen = new Reader(shell.output);
      shell.stream.write(
        '(trap "" HUP; exec sleep 1111) &\nsleep 2222 &\nsh -c \'trap "" HUP INT TERM; sleep 3333\'\n',
      );
      await until('all run', async () => (await programs(id)).includes('sleep 3333'));
      assert.equal(await endProcess(on.engine, shell), true);
      await seen.end;
      const left = await programs(id);
      assert.match(left, /sleep 1111/);
      assert.doesNotMatch(left, /sleep 2222|sleep 3333/);
      assert.equal(await endProcess(on.engine, shell), true, 'there is nothing to be done');
    });

    it('ends what other users run in it, and a command without a terminal', async () => {
      const id = await on.run('box');
      const { execId, ...command } = processOf(
        await startCommand(on.engine, id, 'trap "" HUP; sleep 4444 | sleep 5555', { tty: false, user: '65534' }),
      );
      await until('it runs', async () => (await programs(id)).includes('sleep 5555'));
      // As after su: the one who is asked to end it may not.
      const pretended = { ...command, execId, user: '12345' };
      assert.equal(await endProcess(on.engine, pretended), true);
      assert.doesNotMatch(await programs(id), /sleep (4444|5555)/);
      assert.equal(await endProcess(on.engine, { ...pretended, containerId: 'f'.repeat(64) }), true);
    });

    it('ends a process also when its engine’s client is closed, before or meanwhile', async () => {
      const id = await on.run('box');
      for (const closeFirst of [true, false]) {
        const engine = await engineOf(on.test);
        const shell = processOf(await startShell(engine, id));
        const seen = new Reader(shell.output);
        seen.end.catch(() => undefined);
        shell.stream.write('sleep 6666\n');
        await until('it runs', async () => (await programs(id)).includes('sleep 6666'));
        if (closeFirst) engine.client.close();
        const ending = endProcess(engine, shell);
        engine.client.close();
        assert.equal(await ending, true);
        assert.doesNotMatch(await programs(id), /sleep 6666/);
      }
    });

    it('tells a process that was killed with its container', async () => {
      const id = await on.run('box');
      const shell = await shellIn(id);
      const seen = new Reader(shell.output);
      await on.test.api('POST', `/containers/${id}/kill`);
      await seen.end;
      assert.equal(await endProcess(on.engine, shell), true);
    });

    it('ends a shell also where there is no sh', async () => {
      await loadShellless(on.test.api, 'ashonly', ['ash']);
      const extra = { Env: ['PATH=/'] };
      const id = await on.run('ashes', { image: 'ashonly', command: ['/sleep', '1000000'], extra });
      const shell = await shellIn(id);
      const seen = new Reader(shell.output);
      shell.stream.write('echo $((6*7)); sleep 7777\n');
      await seen.shows(/^42\r$/m);
      assert.equal(await endProcess(on.engine, shell), true);
      await seen.end;
      assert.equal((await inspectExec(on.engine, shell.execId)).running, false);
    });

    it('ends a shell that has not told its id where the engine is on this machine and tells it', async () => {
      const id = await on.run('box');
      const shell = await shellIn(id);
      const seen = new Reader(shell.output);
      assert.equal(await endProcess(on.engine, { ...shell, pid: undefined, shell: undefined }), on.isDocker);
      if (!on.isDocker) await endProcess(on.engine, shell);
      await seen.end;
      assert.equal((await inspectExec(on.engine, shell.execId)).running, false);
    });

    it('finds no shell in an image from nothing, and runs its programs without one', async () => {
      await loadShellless(on.test.api, 'shellless');
      const id = await on.run('bare', { image: 'shellless', command: ['/sleep', '1000000'] });
      const started = await startShell(on.engine, id, { shells: ['bash', '/bin/zsh'] });
      assert.equal(started.kind, 'noShell');
      assert.match('text' in started ? started.text : '', /executable file not found/);
      const { output, execId } = processOf(await startCommand(on.engine, id, `/cat '/no such'`, { tty: false }));
      const seen = new Reader(output);
      await seen.end;
      assert.match(seen.text, /can't open '\/no such'/);
      assert.equal(await exitCodeOf(on.engine, execId), 1);
    });

    describe('The console', () => {
      const loop = ['sh', '-c', 'while read line; do echo "got $line"; done; echo over; sleep 1000'];

      it('of a container with a terminal: input, echo, its size; leaving leaves it running', async () => {
        const id = await on.run('con', { command: ['sh'], extra: { Tty: true, OpenStdin: true } });
        const console = await attach(on.engine, id);
        const seen = new Reader(console.output);
        assert.deepEqual([console.tty, console.stdin, console.endsInput], [true, true, false]);
        await resizeConsole(on.engine, id, { rows: 21, columns: 51 });
        console.stream.write('stty size\n');
        await seen.shows(/21 51\r\n/);
        console.stream.destroy();
        await seen.end.catch(() => undefined);
        assert.equal(await isRunning(id), 'running');
      });

      it('of a container without one: frames, and an end of the input that ends it where it was to be', async () => {
        const extra = { OpenStdin: true, StdinOnce: true };
        const id = await on.run('con', { command: loop, extra });
        const console = await attach(on.engine, id);
        const seen = new Reader(console.output);
        console.stream.write('one\n');
        await seen.shows(/^got one\n$/);
        console.stream.end('two');
        await seen.shows(/^got one\nover\n$/);
        console.stream.destroy();
        assert.equal(await isRunning(id), 'running');
      });

      it('of a container without one that is made for one input: leaving it ends that', async () => {
        const reading = ['sh', '-c', 'while read line; do echo "got $line"; done'];
        const id = await on.run('con', { command: reading, extra: { OpenStdin: true, StdinOnce: true } });
        const console = await attach(on.engine, id);
        assert.deepEqual([console.tty, console.stdin, console.endsInput], [false, true, true]);
        const seen = new Reader(console.output);
        console.stream.write('one\n');
        await seen.shows(/^got one\n$/);
        console.stream.destroy();
        await seen.end.catch(() => undefined);
        await until('it has stopped', async () => (await isRunning(id)) === 'exited');
      });

      it('of a container that reads no input', async () => {
        const id = await on.run('con', { command: ['sh', '-c', 'while :; do echo tick; sleep 0.1; done'] });
        const console = await attach(on.engine, id);
        assert.equal(console.stdin, false);
        const seen = new Reader(console.output);
        await seen.shows(/tick\ntick\n/);
        await on.test.api('POST', `/containers/${id}/kill`);
        await seen.end;
      });

      it('fails for a container that is gone', () => fails(attach(on.engine, 'f'.repeat(64)), 'notFound'));
    });
  });
});

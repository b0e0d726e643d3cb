import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { endProcess } from '../../../src/engine/processes/end';
import { exitCodeOf, inspectExec, resizeExec } from '../../../src/engine/processes/exec';
import { type ShellOptions, startCommand, startShell } from '../../../src/engine/processes/start';
import { loadShellless } from '../../support/engines/shellless';
import { sentenceOf } from '../../support/sentence';
import { until } from '../../support/until';
import { fails, onEngines } from '../engines';
import { processOf, Reader, shellIn } from './processes';

const megabyte = Buffer.alloc(1024 * 1024);
for (let index = 0; index < megabyte.length; index++) megabyte[index] = (index * 7 + (index >> 8)) & 0xff;
const checksum = createHash('md5').update(megabyte).digest('hex');

describe('Processes in containers', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    it('opens the first shell that the container has, which echoes and knows the terminal’s size', async () => {
      const id = await on.run('box');
      const shell = await shellIn(on, id, { shells: ['nosuchshell', 'zsh -l'], size: { rows: 33, columns: 77 } });
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

    it('prefers the requested shell, with its arguments', async () => {
      const id = await on.run('box');
      const shell = await shellIn(on, id, { shells: ['sh -x'] });
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

    it('tells the engine’s reason for a user and a folder that do not exist', async () => {
      const id = await on.run('box');
      const reason = async (options: ShellOptions): Promise<string> => {
        const started = await startShell(on.engine, id, options).catch((error: unknown) => error as Error);
        if (started instanceof Error) return sentenceOf(started);
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

    it('runs as another user, in another folder, with additional variables', async () => {
      const id = await on.run('box');
      const options = { tty: false, user: '65534', workdir: '/tmp', env: ['A=x y', 'B='] };
      const { output } = processOf(await startCommand(on.engine, id, 'id -u; pwd; echo "$A-$B-"', options));
      const seen = new Reader(output);
      await seen.end;
      assert.equal(seen.text, '65534\n/tmp\nx y--\n');
    });

    it('refuses a container that is gone, and a stopped one', async () => {
      await fails(startShell(on.engine, 'f'.repeat(64)), 'notFound');
      const id = await on.create('box');
      await fails(startShell(on.engine, id), on.isDocker ? 'conflict' : 'failed', /running/);
    });

    it('passes on a whole megabyte, through a raw terminal and without one', async () => {
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
      const shell = await shellIn(on, id);
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
  });
});

import assert from 'node:assert/strict';
import { attach, resizeConsole } from '../../../src/engine/processes/attach';
import { until } from '../../support/until';
import { fails, onEngines } from '../engines';
import { Reader } from './processes';

describe('The console', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    const isRunning = async (id: string): Promise<unknown> => (await on.inspect(id)).State.Status;
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

    it('of a container without a terminal: frames, and an end of the input that ends the container', async () => {
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

    it('of a container without a terminal that is made for one input: leaving it ends the input', async () => {
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

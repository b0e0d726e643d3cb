import assert from 'node:assert/strict';
import { call, containerIn, emptyEngine, until } from '../setup';
import { only, others, untilAlone } from './processes';
import { withTerminals } from './terminals';

describe('Shells, commands and consoles', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  it('runs a command without a terminal: both streams, the exit code, Enter once more', () =>
    withTerminals(async opened => {
      await containerIn('running', { name: 'box' });
      const command = 'echo out; echo err >&2; tty; exit 3';
      assert.equal(await call('quayside.container.runCommand', 'box', { command }), 3);
      const terminal = only(opened);
      assert.equal(terminal.name, `box: ${command}`);
      await terminal.shows(/\x1b\[31merr\r\n\x1b\[39m/);
      assert.match(terminal.text, /out\r\n[^]*not a tty\r\n[^]*Exit code 3/);
      terminal.type('\r');
      await terminal.shows(/out\r\n[^]*Exit code 3/);
    }));

  it('ends a command on Ctrl+C, with all that it began', () =>
    withTerminals(async opened => {
      const id = await containerIn('running', { name: 'box' });
      const ended = call('quayside.container.runCommand', 'box', { command: 'sleep 4000 | sleep 5000' });
      await until('it runs', async () => (await others(id)).includes('sleep 5000'));
      only(opened).type('\x03');
      assert.equal(await ended, 129);
      await untilAlone(id);
    }));
});

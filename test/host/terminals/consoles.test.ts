import assert from 'node:assert/strict';
import { api, call, containerIn, emptyEngine } from '../setup';
import { only } from './processes';
import { withTerminals } from './terminals';

describe('Shells, commands and consoles', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  it('attaches to a console with a terminal; the detach keys leave it running, Enter attaches again', () =>
    withTerminals(async opened => {
      const command = ['sh', '-c', 'while read line; do echo "got $line"; done'];
      const id = await containerIn('running', { name: 'con', command, extra: { Tty: true, OpenStdin: true } });
      await call('quayside.container.attach', 'con');
      const console = only(opened);
      await console.shows(/Attached to “con” · Ctrl\+\] Ctrl\+\], or closing this terminal, leaves it running/);
      console.type('one\r');
      await console.shows(/got one/);
      await call('quayside.container.attach', 'con');
      assert.equal(opened.length, 1, 'the open one is shown');
      console.type('\x1d');
      console.type('\x1d');
      await console.shows(/Detached; “con” runs on/);
      console.type('\r');
      await console.shows(/Attached to “con”/);
      console.type('two\r');
      await console.shows(/got two/);
      await api('POST', `/containers/${id}/kill`);
      await console.shows(/“con” has stopped · Exit code 137/);
    }));

  it('attaches to a console without a terminal: lines with echo, and the end of the input', () =>
    withTerminals(async opened => {
      const command = ['sh', '-c', 'while read line; do echo "got $line"; done; echo over'];
      const extra = { OpenStdin: true, StdinOnce: true };
      await containerIn('running', { name: 'con', command, extra });
      await call('quayside.container.attach', 'con');
      const console = only(opened);
      await console.shows(/Attached to/);
      console.type('onw');
      console.type('\x7fe\r');
      await console.shows(/onw\x08 \x08e\r\n[^]*got one\r\n/);
      console.type('\x04');
      await console.shows(/over\r\n[^]*“con” has stopped · Exit code 0/);
    }));

  it('says that leaving a console without a terminal ends its input, and what became of the container', () =>
    withTerminals(async opened => {
      const reading = 'while read line; do echo "got $line"; done';
      for (const [name, line, after] of [
        ['ends', reading, /“ends” has stopped · Exit code 0/],
        ['lives', `${reading}; sleep 1000`, /Detached; “lives” runs on/],
      ] as const) {
        const extra = { OpenStdin: true, StdinOnce: true };
        await containerIn('running', { name, command: ['sh', '-c', line], extra });
        await call('quayside.container.attach', name);
        const console = opened.at(-1);
        await console?.shows(/Ctrl\+\] Ctrl\+\], or closing this terminal, ends its input, which may stop it/);
        console?.type('\x1d\x1d');
        await console?.shows(after);
      }
    }));
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { loadShellless } from '../../support/engines/shellless';
import { until as untilWithin } from '../../support/until';
import { withPerson } from '../person';
import {
  api,
  assertSentence,
  call,
  containerIn,
  containerNode,
  emptyEngine,
  inspect,
  refusal,
  showing,
  unlisted,
  until,
} from '../setup';
import { type SeenTerminal, withTerminals } from './terminals';

/** What runs in a container besides its main process, by command line. */
async function others(id: string): Promise<string[]> {
  const { Processes } = (await api('GET', `/containers/${id}/top?ps_args=-eo%20pid,args`)) as { Processes: string[][] };
  return Processes.map(([, command = '']) => command).filter(command => command !== 'sleep 1000000');
}

const untilAlone = (id: string): Promise<unknown> =>
  until(`nothing else runs in ${id}`, async () => (await others(id)).length === 0);

function only(opened: readonly SeenTerminal[]): SeenTerminal {
  const [terminal, second] = opened;
  assert(terminal && !second, `${opened.length} terminals were opened`);
  return terminal;
}

const interactive = [
  {
    command: 'quayside.container.openShell',
    which: 'Open a shell in which container?',
    could: 'Could not open a shell in',
  },
  {
    command: 'quayside.container.openShellWith',
    which: 'Open a shell in which container?',
    could: 'Could not open a shell in',
  },
  {
    command: 'quayside.container.runCommand',
    which: 'Run a command in which container?',
    could: 'Could not run the command in',
  },
  { command: 'quayside.container.attach', which: 'Attach to which container?', could: 'Could not attach to' },
] as const;

describe('Shells, commands and consoles', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

  for (const { command, which, could } of interactive) {
    describe(command, () => {
      it('refuses containers that do not run, in a sentence', async () => {
        for (const [state, cause] of [
          ['created', 'it is not running'],
          ['exited', 'it is not running'],
          ['paused', 'it is paused'],
        ] as const) {
          await containerIn(state, { name: `in-${state}` });
          const options = { command: 'true' };
          assert.equal(await refusal(call(command, `in-${state}`, options)), `${could} “in-${state}”: ${cause}`);
        }
        assert.equal(await refusal(call(command, 'no-such')), 'There is no container “no-such”');
      });

      it('offers running containers alone when it is called with nothing, and says when there is none', async () => {
        const nothing = await withPerson({}, () => call(command));
        assert.match(nothing.errors.join(), /^There is no running container to /);
        await containerIn('exited', { name: 'ended' });
        await containerIn('running', { name: 'alive' });
        const { picks } = await withPerson({}, () => call(command));
        assert.deepEqual(
          picks.map(({ title, items }) => [title, ...items.map(({ label }) => label)]),
          [[which, 'alive']],
        );
      });
    });
  }

  it('opens a shell by id, name and row, in the panel, under the container’s name; what is typed runs', () =>
    withTerminals(async opened => {
      const id = await containerIn('running', { name: 'box' });
      await call('quayside.container.openShell', id);
      await call('quayside.container.openShell', { target: 'box' });
      await call('quayside.container.openShell', containerNode(id));
      assert.deepEqual(
        opened.map(({ name, options }) => [name, options.location]),
        Array.from({ length: 3 }, () => ['box', vscode.TerminalLocation.Panel]),
      );
      const [shell] = opened;
      shell?.type('echo $((6*7)); tty\r');
      await shell?.shows(/\b42\r\n\/dev\/pts\/\d/);
      assert.doesNotMatch(shell?.text ?? '', /quayside;/);
    }));

  it('tells exit codes, and opens a new shell on Enter', () =>
    withTerminals(async opened => {
      await containerIn('running', { name: 'box' });
      await call('quayside.container.openShell', 'box');
      const shell = only(opened);
      for (const [line, code] of [
        ['exit 0', 0],
        ['exit 1', 1],
        ['kill -9 $$', 137],
      ] as const) {
        shell.type(`${line}\r`);
        await shell.shows(new RegExp(`Exit code ${code}\\b[^]*Press Enter to open a new shell\\b`));
        shell.type('\r');
        await shell.shows(/[#$] /);
      }
    }));

  it('passes Ctrl+C and Ctrl+D on, and gives the shell the terminal’s size', () =>
    withTerminals(async opened => {
      const id = await containerIn('running', { name: 'box' });
      await call('quayside.container.openShell', 'box');
      const shell = only(opened);
      const hasSize = (): boolean => {
        shell.options.pty.setDimensions?.({ columns: 77, rows: 33 }); // VS Code sets its own some time.
        shell.type('stty size\r');
        return shell.text.includes('33 77\r\n');
      };
      await untilWithin('the shell has the size', hasSize, { timeout: 20_000, interval: 250 });
      shell.type('sleep 1000\r');
      await until('it runs', async () => (await others(id)).includes('sleep 1000'));
      shell.type('\x03');
      await shell.shows(/\^C/);
      shell.type('echo "code $?"\r');
      await shell.shows(/code 130/);
      shell.type('\x04');
      await shell.shows(/Exit code 0/);
    }));

  it('says that the container has stopped, and opens a new shell on Enter once it runs again', () =>
    withTerminals(async opened => {
      const id = await containerIn('running', { name: 'box' });
      await call('quayside.container.openShell', 'box');
      const shell = only(opened);
      await api('POST', `/containers/${id}/kill`);
      await shell.shows(/“box” has stopped · Exit code 137[^]*Press Enter to open a new shell when it runs again/);
      await showing(id, 'exited');
      shell.type('\r');
      await shell.shows(/Could not open a shell in “box”: it is not running/);
      await api('POST', `/containers/${id}/start`);
      await showing(id, 'running');
      shell.type('\r');
      await shell.shows(/[#$] /);
      await api('DELETE', `/containers/${id}?force=1`);
      await shell.shows(/“box” was removed/);
      await unlisted('container', id);
    }));

  it('leaves nothing running when the terminal is closed, whatever ran in it', () =>
    withTerminals(async opened => {
      const id = await containerIn('running', { name: 'box' });
      await call('quayside.container.openShell', 'box');
      const shell = only(opened);
      shell.type('sleep 2000 & sh -c \'trap "" HUP TERM INT; sleep 3000\'\r');
      await until('it runs', async () => (await others(id)).includes('sleep 3000'));
      shell.terminal.dispose();
      await untilAlone(id);
    }));

  it('leaves nothing running when the terminal is closed before it has opened', () =>
    withTerminals(async opened => {
      const id = await containerIn('running', { name: 'box' });
      const opening = call('quayside.container.openShell', 'box');
      await until('the terminal is made', () => opened.length > 0);
      only(opened).terminal.dispose();
      await opening;
      await untilAlone(id);
    }));

  it('offers logs and the console where a container has no shell; a program gets the sentence', () =>
    withTerminals(async opened => {
      await loadShellless(api, 'shellless');
      await containerIn('running', { name: 'bare', image: 'shellless', command: ['/sleep', '1000000'] });
      const sentence = await refusal(call('quayside.container.openShell', 'bare'));
      assert.match(sentence, /^“bare” has no shell: .*executable file not found/);
      const id = (await inspect<{ Id: string }>('/containers/bare/json'))?.Id ?? '';
      const { errors } = await withPerson({ buttons: ['Attach'] }, () =>
        call('quayside.container.openShell', containerNode(id)),
      );
      assert.deepEqual(errors, [sentence]);
      assertSentence(sentence);
      await until('the console opens', () => opened.some(({ name }) => name === 'bare (console)'));
      const code = await call('quayside.container.runCommand', 'bare', { command: '/cat "/no such"' });
      assert.equal(code, 1);
      await opened.at(-1)?.shows(/can't open '\/no such'/);
    }));

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

  it('opens a shell as a program’s options say, and refuses what cannot be', () =>
    withTerminals(async opened => {
      await containerIn('running', { name: 'box' });
      const options = { user: 'nobody', workdir: '/tmp', env: { GREETING: 'hello world' } };
      await call('quayside.container.openShellWith', 'box', options);
      const shell = only(opened);
      shell.type('echo "$(id -un) $PWD $GREETING"\r');
      await shell.shows(/nobody \/tmp hello world\r\n/);
      for (const [wrong, sentence] of [
        [{ user: 'nobodyx' }, /^Could not open a shell in “box”: unable to find user nobodyx/],
        [{ workdir: '/nosuch' }, /^Could not open a shell in “box”: .*\/nosuch.* no such file or directory/],
        [{ workdir: 'relative' }, /^a folder is an absolute path$/i],
        [{ env: ['1 2'] }, /is no variable/],
      ] as const) {
        assert.match(await refusal(call('quayside.container.openShellWith', 'box', wrong)), sentence);
      }
    }));

  it('asks a person for shell, user, folder, variables and rights, and offers the answer again for the same image', () =>
    withTerminals(async opened => {
      const id = await containerIn('running', { name: 'box' });
      const answers = {
        picks: ['A command…', 'Usual'],
        inputs: ['id; echo "$A"; env | grep ^B=; exec cat', '0:0', '/etc', `A="x y" B='$z'`],
      };
      const shown = await withPerson(answers, () => call('quayside.container.openShellWith', containerNode(id)));
      assert.deepEqual(shown.errors, []);
      await opened[0]?.shows(/uid=0[^]*x y\r\nB=\$z\r\n/);
      const again = await withPerson({ picks: ['As last time'] }, () =>
        call('quayside.container.openShellWith', containerNode(id)),
      );
      const [first] = again.picks[0]?.items ?? [];
      assert.match(first?.description ?? '', /exec cat · as 0:0 · in \/etc · A B$/);
      await opened[1]?.shows(/uid=0[^]*x y\r\nB=\$z\r\n/);
    }));

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

  it('belongs to the engine that it began with: says that another was chosen, and leaves nothing there', () =>
    withTerminals(async opened => {
      const id = await containerIn('running', { name: 'box' });
      await call('quayside.container.openShell', 'box');
      const shell = only(opened);
      shell.type('sleep 6000\r');
      await until('it runs', async () => (await others(id)).includes('sleep 6000'));
      const settings = vscode.workspace.getConfiguration('quayside');
      await settings.update('endpoint', 'unix:///nowhere/engine.sock', vscode.ConfigurationTarget.Global);
      try {
        await shell.shows(/Another engine was chosen; this has ended/);
        await untilAlone(id);
      } finally {
        await settings.update('endpoint', undefined, vscode.ConfigurationTarget.Global);
        await showing(id, 'running');
      }
    }));
});

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
import { only, others, untilAlone } from './processes';
import { withTerminals } from './terminals';

describe('Shells, commands and consoles', () => {
  beforeEach(emptyEngine);
  after(emptyEngine);

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

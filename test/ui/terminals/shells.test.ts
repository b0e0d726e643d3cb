import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type FaultProxy, startFaultProxy } from '../../support/engines/faultProxy';
import { type Api, runContainer } from '../../support/engines/rawEngine';
import { until } from '../../support/until';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilRows, untilTrue } from '../setup';
import { setTheme, themes } from '../themes';
import { PanelTerminal, readable } from './panelTerminal';

const view = 'Containers';

describe('A shell in a terminal', () => {
  let api: Api;
  let proxy: FaultProxy;
  let ui: Ui;
  let id: string;
  const terminal = new PanelTerminal(() => ui.window);

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    id = await runContainer(api, { name: 'box' });
    proxy = await startFaultProxy(process.env['QUAYSIDE_TEST_SOCKET'] ?? '');
    ui = await openUi({
      env: { DOCKER_HOST: proxy.host },
      settings: { ...readable, 'workbench.colorTheme': themes.dark.theme },
    });
    await showBox();
  });

  after(async () => {
    await ui.dispose();
    proxy.dispose();
  });

  const showBox = async (): Promise<void> => {
    await ui.window.openView(view, { alone: true });
    await untilRows(ui.window, view, 'the container shows', rows => rows.some(({ label }) => label === 'box'));
  };

  const openShell = async (): Promise<void> => {
    await ui.window.hoverAction(view, 'box', 'Open Shell');
    await terminal.prompts();
  };

  /** The command lines of all that runs in the container. */
  const running = async (): Promise<(string | undefined)[]> => {
    const { Processes } = (await api('GET', `/containers/${id}/top?ps_args=-eo%20pid,args`)) as {
      Processes: string[][];
    };
    return Processes.map(([, args]) => args);
  };

  const runs = async (command: string): Promise<boolean> => (await running()).includes(command);

  /** A busy machine takes its time to end one extension host and to start the next. */
  const patient = { timeout: 60_000, interval: 100 };

  const untilEnded = async (command: string): Promise<void> => {
    await until(`${command} has ended`, async () => !(await runs(command)), patient);
  };

  const size = async (): Promise<string> => {
    await terminal.line('clear; stty size');
    await terminal.shows(/^\d+ \d+$/m);
    return /^\d+ \d+$/m.exec(await terminal.screen())?.[0] ?? '';
  };

  it('opens from the icon of its row, runs what is typed, and has the terminal’s size, also after a change', async () => {
    await openShell();
    await terminal.line('echo $((6*7))');
    await terminal.shows(/^42$/m);
    const sizes: string[] = [];
    for (const width of [1280, 1000, 1280]) {
      await ui.window.page.setViewportSize({ width, height: width === 1000 ? 700 : 900 });
      await untilTrue('the shell has the size of the terminal', async () => {
        const rows = await ui.window.page.locator('.xterm-rows').last().locator('> div').count();
        const told = await size();
        if (sizes.at(-1) === told || !told.startsWith(`${rows} `)) return false;
        sizes.push(told);
        return true;
      });
    }
    assert.equal(sizes[0]?.split(' ')[1], sizes[2]?.split(' ')[1], 'the width is the first one again');
  });

  it('serves a full-screen program: another screen, arrows, and the first screen again', async () => {
    const { keyboard } = ui.window.page;
    await terminal.line('clear; echo before; vi /tmp/note');
    await terminal.shows(/^~/m);
    await terminal.type('ione two');
    await terminal.shows(/^I \/tmp\/note/m);
    await keyboard.press('Escape');
    await terminal.shows(/^- \/tmp\/note/m); // vi tells Escape from an arrow by the time between keys.
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    await terminal.type('iX');
    await terminal.shows(/^I \/tmp\/note/m);
    await keyboard.press('Escape');
    await terminal.shows(/^- \/tmp\/note/m);
    await terminal.line(':wq');
    await terminal.prompts();
    await terminal.line('cat /tmp/note');
    await terminal.shows(/^oneX two$/m);
  });

  it('gets a megabyte whole that is pasted at once', async () => {
    const pasted = createHash('sha512').update('seed').digest('hex').repeat(8192);
    assert.equal(pasted.length, 1024 * 1024);
    await terminal.line('clear; stty raw -echo; echo ready; head -c 1048576 | md5sum; stty sane');
    await terminal.shows(/^ready/m);
    await terminal.paste(pasted);
    const sum = createHash('md5').update(pasted).digest('hex');
    await terminal.shows(new RegExp(sum));
  });

  it('tells how the shell ended, and opens a new one on Enter: pictures', async () => {
    await terminal.line('clear; ls --color=auto /; echo -e "\\033[32mgreen \\033[1;31mred\\033[0m"; exit 1');
    await terminal.shows(/Exit code 1\n+Press Enter to open a new shell/);
    await ui.window.screenshot('shell-dark');
    await setTheme(ui, themes.light);
    await ui.window.screenshot('shell-light');
    await terminal.line('');
    await terminal.shows(/Press Enter[^]*[#$] *$/m);
  });

  it('leaves nothing behind when the window is loaded again', async () => {
    await terminal.line('sleep 7777');
    await untilTrue('it runs', () => runs('sleep 7777'));
    await ui.window.reload();
    await untilEnded('sleep 7777');
  });

  it('leaves nothing behind when the browser loads the window again while the shell starts', async () => {
    await showBox();
    proxy.reset();
    await ui.window.hoverAction(view, 'box', 'Open Shell');
    const exec = await until('the engine is asked to start it', () => startedExec(), { ...patient, interval: 1 });
    await ui.window.page.reload();
    await until('it has run', async () => (await stateOf(exec)).ExitCode !== null, patient);
    await until('only the container’s own process runs', async () => (await running()).length === 1, patient);
  });

  const startedExec = (): string | undefined =>
    proxy.requests.map(({ path }) => /\/exec\/(\w+)\/start$/.exec(path)?.[1]).find(found => found !== undefined);

  const stateOf = (exec: string): Promise<{ ExitCode: number | null }> =>
    api('GET', `/exec/${exec}/json`) as Promise<{ ExitCode: number | null }>;

  it('leaves nothing behind for long when the extension host is killed', async () => {
    await showBox();
    await openShell();
    await terminal.prompts();
    await terminal.line('sleep 8888');
    await untilTrue('it runs', () => runs('sleep 8888'));
    process.kill(ui.server.extensionHostPid(), 'SIGKILL');
    await ui.window.reload();
    await untilEnded('sleep 8888');
  });
});

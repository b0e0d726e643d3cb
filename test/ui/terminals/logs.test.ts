import assert from 'node:assert/strict';
import { type Api, runContainer } from '../../support/engines/rawEngine';
import { emptyPartEngine, openUi, pictureFailures, type Ui, untilRows, untilTrue } from '../setup';
import { setTheme, themes } from '../themes';

const view = 'Containers';

/** Prints lines of several kinds, one each tenth of a second, as long as it runs. */
const service = (name: string): string[] => [
  'sh',
  '-c',
  `i=0; while :; do i=$((i+1));
   printf '\\033[32mINFO\\033[0m ${name} request %s served\\n' $i;
   [ $((i % 3)) = 0 ] && echo "${name} warning $i: slow answer" >&2;
   [ $((i % 5)) = 0 ] && printf '\\033[31mERROR\\033[0m ${name} failed %s\\n' $i;
   sleep 0.1; done`,
];

const hostile = [
  'before',
  '\\033]0;owned title\\007after title',
  '\\033]2;owned title\\033\\\\after title 2',
  '\\033]52;c;b3duZWQ=\\007after clipboard',
  '\\033[6n\\033[cafter report',
  '\\033[?1049hafter screen',
  '\\033[?1003hafter mouse',
  '\\033]8;;command:workbench.action.quit\\007link\\033]8;;\\007 after link',
  '\\033]633;E;owned\\007after integration',
  '\\033[31mred end',
].join('\\n');

describe('The terminal of a log', () => {
  let api: Api;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    const compose = (name: string): Record<string, string> => ({
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': name,
      'com.docker.compose.container-number': '1',
    });
    for (const name of ['web', 'db']) {
      await runContainer(api, { name: `shop-${name}-1`, command: service(name), labels: compose(name) });
    }
    await runContainer(api, {
      name: 'plain',
      command: ['sh', '-c', 'for i in $(seq 30); do echo line $i; done; sleep 10000'],
    });
    await runContainer(api, { name: 'hostile', command: ['sh', '-c', `printf '${hostile}\\n'; sleep 10000`] });
    ui = await openUi({
      settings: { 'terminal.integrated.gpuAcceleration': 'off', 'window.title': '${rootName}${activeEditorShort}' },
    });
    await ui.window.openView(view, { alone: true });
    await untilRows(ui.window, view, 'all rows', rows => rows.length === 5);
  });

  after(() => ui.dispose());

  beforeEach(() => ui.window.command('View: Close All Editors'));

  /** The lines that the terminal in front shows. */
  const lines = async (): Promise<string[]> => {
    const rows = await ui.window.page.locator('.editor-instance .xterm-rows > div:visible').allInnerTexts();
    return rows.map(row => row.replaceAll('\u00a0', ' ').trimEnd()).filter(row => row !== '');
  };
  const shows = (what: string, fits: (lines: string[]) => boolean): Promise<true> =>
    untilTrue(what, async () => fits(await lines()));
  const press = (key: string): Promise<void> => ui.window.page.keyboard.press(key);
  const open = async (name: string, action = 'Show Container Logs'): Promise<void> => {
    await ui.window.hoverAction(view, name, action);
    await ui.window.page.locator('.editor-instance .xterm:visible').click();
    await ui.window.page.locator('.editor-instance .xterm.focus').waitFor();
  };

  it('opens from the inline icon, and is revealed when it is asked for again', async () => {
    await open('plain');
    await shows('the log', all => all.includes('line 1') && all.includes('line 30'));
    await open('plain');
    await open('hostile');
    await open('plain');
    const tabs = await ui.window.page.locator('.tabs-container .tab .label-name').allInnerTexts();
    assert.deepEqual(tabs, ['Log: plain', 'Log: hostile']);
  });

  it('follows, filters while lines come, pauses and finds', async () => {
    await open('shop-web-1');
    await shows('lines come', all => all.some(line => /web request \d+/.test(line)));
    await press('/');
    await ui.window.page.keyboard.type('/failed \\d+$/');
    await shows('the question', all => all.at(-1)?.includes('/failed \\d+$/') ?? false);
    await press('Enter');
    const failures = (all: readonly string[]): number => all.filter(line => line.includes('ERROR web failed')).length;
    await shows(
      'only failures',
      all =>
        failures(all) > 0 &&
        all.slice(0, -1).every(line => line.startsWith('──') || line.includes('failed')) &&
        /\d+ of \d+ lines hidden/.test(all.at(-1) ?? ''),
    );
    const lastFailure = (all: readonly string[]): number =>
      Number(all.findLast(line => /failed \d/.test(line))?.replace(/\D+/g, ''));
    const before = lastFailure(await lines());
    await shows('further failures', all => lastFailure(all) > before + 5);
    await press('+');
    await shows(
      'lines around them',
      all => all.some(line => line.includes('request')) && (all.at(-1) ?? '').includes('lines around: 1'),
    );
    await ui.window.screenshot('log-filter');
    await press('Escape');
    await shows('everything', all => all.filter(line => line.includes('request')).length > failures(all));
    await press('Space');
    await shows('the pause', all => (all.at(-1) ?? '').includes('paused'));
    const halted = await lines();
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.deepEqual(await lines(), halted);
    await press('f');
    await ui.window.page.keyboard.type('warning 3:');
    await press('Enter');
    await shows(
      'what was found',
      all => (all.at(-1) ?? '').includes('find warning 3: 1/1') && all.some(line => line.includes('warning 3:')),
    );
    await press('Escape');
    const last = (all: readonly string[]): number =>
      Number(/request (\d+)/.exec(all.findLast(line => line.includes('request')) ?? '')?.[1] ?? 0);
    await shows('it goes on', all => last(all) > last(halted) + 3);
    await press('t');
    await shows('times', all => all.some(line => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} /.test(line)));
    await press('?');
    await shows('help', all => all.some(line => line.includes('pause and go on')));
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`merges the containers of a project, each with its name (${name})`, async () => {
      await setTheme(ui, theme);
      await open('shop', 'Show Project Logs');
      await shows('both', all =>
        ['shop-web-1', 'shop-db-1'].every(container => all.some(line => line.startsWith(container))),
      );
      await shows('many lines', all => all.length > 20);
      await ui.window.screenshot(`log-merged-${name}`);
      await press('/');
      await ui.window.page.keyboard.type('!request');
      await press('Enter');
      await shows(
        'no requests',
        all => all.length > 2 && all.slice(0, -1).every(line => line.startsWith('──') || !line.includes('request')),
      );
      await ui.window.screenshot(`log-excluded-${name}`);
    });
  }

  it('lets a container neither set a title, nor write the clipboard, nor answer for the terminal', async () => {
    await ui.window.page.evaluate('navigator.clipboard.writeText("mine")');
    await open('hostile');
    await shows('all of its text', all => all.includes('red end'));
    const all = (await lines()).slice(1);
    assert.deepEqual(all, [
      'before',
      'after title',
      'after title 2',
      'after clipboard',
      'after report',
      'after screen',
      'after mouse',
      'link after link',
      'after integration',
      'red end',
    ]);
    assert.doesNotMatch(await ui.window.page.title(), /owned/);
    const tabs = await ui.window.page.locator('.tabs-container .tab .label-name').allInnerTexts();
    assert.deepEqual(tabs, ['Log: hostile']);
    assert.equal(await ui.window.page.evaluate('navigator.clipboard.readText()'), 'mine');
  });

  it('says what happened to its container, and goes on', async () => {
    await open('shop-web-1');
    await shows('lines come', all => all.some(line => /web request \d+/.test(line)));
    await api('POST', '/containers/shop-web-1/restart?t=0');
    await shows(
      'its restart',
      all =>
        all.some(line => line.includes('The container stopped')) &&
        all.some(line => line.includes('The container started')),
    );
    await shows('lines of the new run', all => {
      const start = all.findIndex(line => line.includes('The container started'));
      return start >= 0 && all.slice(start).some(line => line.includes('request 1 '));
    });
    await ui.window.screenshot('log-restart');
  });
});

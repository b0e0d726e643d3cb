import { readFileSync } from 'node:fs';
import type { TestEngine } from '../../support/engines/engine';
import { runContainer } from '../../support/engines/rawEngine';
import type { Workbench } from '../../support/windows/browser';
import type { Figure } from '../figure';
import { median } from '../statistics';
import { clickToBareText, clickToText, places, readableTerminals, timed } from './terminalPage';
import { openProbed, type ProbedWindow } from './window';

const rounds = 10;
const presses = 10;
const floods = 4;
const floodSeconds = 15;
const quiet = 'bench-quiet';
const showLogs = 'Show Container Logs';
const settings = { ...readableTerminals, 'quayside.containers.groupBy': 'none' };

/** “Show Logs” up to the first line; then how VS Code fares with four floods in terminals. */
export async function measureLogTerminals(engine: TestEngine, vsix: string): Promise<Figure[]> {
  const ids = [await runContainer(engine.api, { name: quiet, command: ['sh', '-c', 'echo here it is; sleep 100000'] })];
  const window = await openProbed({ engine, vsix, settings });
  try {
    await window.workbench.openView('Containers', { alone: true });
    await window.workbench.row('Containers', quiet).waitFor({ timeout: 60_000 });
    const opening = await measureOpening(window.workbench);
    ids.push(...(await startFloods(engine)));
    return [...opening, ...(await measureFloods(window))];
  } finally {
    await window.dispose();
    for (const id of ids) await engine.api('DELETE', `/containers/${id}?force=1`);
  }
}

async function measureOpening(workbench: Workbench): Promise<Figure[]> {
  const open = (): Promise<number> =>
    clickToText(workbench, { row: quiet, action: showLogs, place: 'editor', text: /here it is/ });
  const first = await open();
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(await open());
    times.bare.push(await clickToBareText(workbench, quiet, 'editor'));
  }
  return [
    {
      name: '“Show Logs” to the first line: median',
      unit: 'ms',
      value: median(times.ours),
      reference: {
        value: median(times.bare),
        of: 'the same click for a terminal of an extension that prints one line, without any engine',
      },
      aim: { most: 250, of: 'value' },
    },
    { name: '  the first of a window, which loads VS Code’s terminal', unit: 'ms', value: first },
  ];
}

async function measureFloods({ workbench, extensionHostPid }: ProbedWindow): Promise<Figure[]> {
  const open = (name: string, action = showLogs): Promise<void> => workbench.hoverAction('Containers', name, action);
  const pid = extensionHostPid();
  await open(quiet);
  await workbench.row('Containers', `bench-flood-${floods}`).waitFor();
  const before = residentMb(pid);
  for (let flood = 1; flood <= floods; flood++) await open(`bench-flood-${flood}`);
  let most = before;
  for (let second = 0; second < floodSeconds; second++) {
    await workbench.page.waitForTimeout(1_000);
    most = Math.max(most, residentMb(pid));
  }
  await open(quiet, 'Open Shell');
  const echoes = await shellEchoes(workbench);
  await open(quiet);
  const answers = await logAnswers(workbench);
  const aim = { most: 200, of: 'value' as const };
  return [
    {
      name: 'Extension host’s growth with four floods in terminals',
      unit: 'MB',
      value: most - before,
      aim: { most: 100, of: 'value' },
    },
    { name: 'Echo of a character in a shell meanwhile: median', unit: 'ms', value: median(echoes), aim },
    { name: '  the slowest', unit: 'ms', value: Math.max(...echoes) },
    { name: 'Answer to a key in a fifth log meanwhile: median', unit: 'ms', value: median(answers), aim },
    { name: '  the slowest', unit: 'ms', value: Math.max(...answers) },
  ];
}

async function shellEchoes({ page }: Workbench): Promise<number[]> {
  const within = `${places.panel.within} .xterm.focus`;
  await page
    .locator(`${within} .xterm-rows`)
    .getByText(/[#$] *$/)
    .first()
    .waitFor();
  const times: number[] = [];
  for (let press = 1; press <= presses; press++) {
    const text = new RegExp(`[#$] x{${press}}$`);
    times.push(await timed(page, { begin: 'keydown', within, text }, () => page.keyboard.press('x')));
    await page.waitForTimeout(200);
  }
  return times;
}

async function logAnswers({ page }: Workbench): Promise<number[]> {
  const within = `${places.editor.within} .xterm.focus`;
  await page.locator(within).waitFor();
  const times: number[] = [];
  for (let press = 0; press < presses; press++) {
    times.push(await timed(page, { begin: 'keydown', within, text: /filter \(/ }, () => page.keyboard.press('/')));
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
  }
  return times;
}

/** Returns the ids of containers that print as much as the engine takes. */
async function startFloods({ api }: TestEngine): Promise<string[]> {
  const host = { LogConfig: { Type: 'json-file', Config: { 'max-size': '20m' } } };
  const command = ['yes', 'a line of a flood that never ends by itself'];
  const names = Array.from({ length: floods }, (_, index) => `bench-flood-${index + 1}`);
  return await Promise.all(names.map(name => runContainer(api, { name, command, host })));
}

function residentMb(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1000;
}

import type { TestEngine } from '../../support/engines/engine';
import { type Api, runContainer } from '../../support/engines/rawEngine';
import { until } from '../../support/until';
import type { Workbench } from '../../support/windows/browser';
import type { Figure } from '../figure';
import { median } from '../statistics';
import { clickedAt, filledAt, noteClick, noteFilling } from './page';
import { openProbed } from './window';

const rounds = 10;
const box = 'inspector-box';
const size = { variables: 200, mounts: 50, labels: 200, labelBytes: 10_000 };

/** The first content of a tab; the text of the probe's panel. */
const content = '.panel:not([hidden]) > :not(vscode-progress-ring), #bare';

/** From the click on Open Container Inspector to the content of a container with much in it. */
export async function measureInspector(engine: TestEngine, vsix: string): Promise<Figure[]> {
  await runBigContainer(engine.api);
  const { workbench, dispose } = await openProbed({ engine, vsix });
  try {
    await workbench.openView('Containers', { alone: true });
    await noteFilling(workbench.page, content);
    const first = await clickToContent(workbench, 'Open Container Inspector');
    const times = { ours: [] as number[], bare: [] as number[], inspect: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await clickToContent(workbench, 'Open Container Inspector'));
      times.bare.push(await clickToContent(workbench, 'Bare Panel'));
      times.inspect.push(await inspectTime(engine.api));
    }
    const name = 'Click on Open Container Inspector to content: median';
    const ours = { name, unit: 'ms' as const, value: median(times.ours) };
    const bare = 'the same click for a panel of an extension with one line of text, without any engine';
    const of = 'the engine’s answer to the same inspection on a socket of its own, read and not parsed';
    return [
      { ...ours, reference: { value: median(times.bare), of: bare }, aim: { most: 300, of: 'value' } },
      { ...ours, reference: { value: median(times.inspect), of } },
      { name: '  the first of a window, which loads the inspector’s code', unit: 'ms', value: first },
    ];
  } finally {
    await dispose();
  }
}

/** 200 environment variables, 50 mounts and 2 MB of labels; its project puts it on top of the view. */
async function runBigContainer(api: Api): Promise<void> {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const big = numbers(size.labels).map(index => [`bench.label-${index}`, 'x'.repeat(size.labelBytes)] as const);
  const labels = { 'com.docker.compose.project': 'aaa', 'com.docker.compose.service': 'inspector' };
  await runContainer(api, {
    name: box,
    labels: { ...labels, ...Object.fromEntries(big) },
    host: { Binds: numbers(size.mounts).map(index => `bench-data-${index}:/data/${index}`) },
    extra: { Env: numbers(size.variables).map(index => `VARIABLE_${index}=value ${index}`) },
  });
}

/** Milliseconds; the panel is closed again. */
async function clickToContent(workbench: Workbench, action: string): Promise<number> {
  const { page } = workbench;
  await noteClick(page);
  await workbench.hoverAction('Containers', box, action);
  const filled = await until('the panel has content', () => filledAt(page), { timeout: 30_000 });
  const took = filled - (await clickedAt(page));
  await workbench.command('View: Close All Editors');
  await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  return took;
}

async function inspectTime(api: Api): Promise<number> {
  const start = performance.now();
  await api('GET', `/containers/${box}/json`);
  return performance.now() - start;
}

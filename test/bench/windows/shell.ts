import { onExit } from '../../support/cleanup';
import type { TestEngine } from '../../support/engines/engine';
import { runContainer } from '../../support/engines/rawEngine';
import { launch, sendSignal } from '../../support/processes';
import { until } from '../../support/until';
import type { Figure } from '../figure';
import { median } from '../statistics';
import { clickToBareText, clickToText, readableTerminals } from './terminalPage';
import { openProbed } from './window';

const rounds = 10;
const box = 'shell-box';

/** From the click on Open Shell to the prompt. */
export async function measureShell(engine: TestEngine, vsix: string): Promise<Figure[]> {
  const labels = { 'com.docker.compose.project': 'aaa', 'com.docker.compose.service': 'shell' };
  await runContainer(engine.api, { name: box, labels });
  const { workbench, dispose } = await openProbed({ engine, vsix, settings: readableTerminals });
  const open = (): Promise<number> =>
    clickToText(workbench, { row: box, action: 'Open Shell', place: 'panel', text: /[#$] *$/ });
  try {
    await workbench.openView('Containers', { alone: true });
    const first = await open();
    const times = { ours: [] as number[], bare: [] as number[], docker: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(await open());
      times.bare.push(await clickToBareText(workbench, box, 'panel'));
      times.docker.push(await dockerExec(engine));
    }
    const name = 'Click on Open Shell to the prompt: median';
    const of = '“docker exec -it” in a terminal of its own until its prompt';
    const bare = 'the same click for a terminal of an extension that prints one line, without any engine';
    const ours = { name, unit: 'ms' as const, value: median(times.ours) };
    return [
      { ...ours, reference: { value: median(times.docker), of }, aim: { most: 250, of: 'value' } },
      { ...ours, reference: { value: median(times.bare), of: bare } },
      { name: '  the first of a window, which loads VS Code’s terminal', unit: 'ms', value: first },
    ];
  } finally {
    await dispose();
  }
}

/** What people type instead, from the start of the command to its prompt. */
async function dockerExec(engine: TestEngine): Promise<number> {
  const start = performance.now();
  const command = `${engine.client} --host ${engine.host} exec -it ${box} sh`;
  const child = launch('script', ['-qfec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const forget = onExit(() => void sendSignal(child.pid, 'SIGKILL'));
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await until('docker exec prompts', () => /[#$] /.test(text), { interval: 1 });
  const took = performance.now() - start;
  child.stdin?.end('exit\n');
  await new Promise(resolve => child.once('exit', resolve));
  forget();
  return took;
}

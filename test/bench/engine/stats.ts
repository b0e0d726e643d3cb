import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { onExit } from '../../support/cleanup';
import type { TestEngine } from '../../support/engines/engine';
import { startProxy } from '../../support/engines/proxy';
import { runContainer } from '../../support/engines/rawEngine';
import { ended, launch, sendSignal } from '../../support/processes';
import { installDocker } from '../../support/tools/dockerEngine';
import { until } from '../../support/until';
import type { Figure } from '../figure';
import { startMirrorProcess } from './mirrorProcess';

const shown = 50;
const atOnce = 8;
/** What runs fifty times a second is compiled by then. */
const settleMs = 30_000;
const measureMs = 30_000;
const restMs = 10_000;
/** The kernel's unit of processor time, in milliseconds. */
const tickMs = 10;
const beginLimit = 60_000;

/** Processor time of a client that has the figures of fifty containers, beside `docker stats` of the same fifty. */
export async function measureStats(engine: TestEngine): Promise<Figure[]> {
  const ids = await runMany(engine);
  const proxy = await startProxy(engine.socket);
  const mirror = await startMirrorProcess(proxy.socket);
  const docker = await startDockerStats(engine);
  try {
    const asked = (): number => proxy.requests.filter(({ path }) => path.includes('/stats')).length;
    await delay(restMs);
    const atRest = asked();
    mirror.look();
    await until('figures came for all', async () => (await mirror.used()).samples >= 2 * shown, {
      timeout: beginLimit,
      interval: 500,
    });
    await delay(settleMs);
    const before = [(await mirror.used()).cpuMs, docker.cpuMs()] as const;
    await delay(measureMs);
    const after = [(await mirror.used()).cpuMs, docker.cpuMs()] as const;
    const [ours, theirs] = [after[0] - before[0], after[1] - before[1]].map(ms => ms / (measureMs / 1000));
    const of = 'docker stats';
    return [
      {
        name: `Processor time a second for the figures of ${shown} containers`,
        unit: 'ms',
        value: ours ?? NaN,
        reference: { value: theirs ?? NaN, of },
        aim: { most: 0.5, of: 'ratio' },
      },
      { name: '  requests for figures while nobody looks', unit: '', value: atRest, aim: { most: 0, of: 'value' } },
      { name: `  requests for ${shown} containers`, unit: '', value: asked(), aim: { most: shown, of: 'value' } },
    ];
  } finally {
    await docker.dispose();
    await mirror.dispose();
    await proxy.dispose();
    await Promise.all(ids.map(id => engine.api('DELETE', `/containers/${id}?force=1`)));
  }
}

async function runMany({ api }: TestEngine): Promise<string[]> {
  const ids: string[] = [];
  let left = shown;
  const work = async (): Promise<void> => {
    while (left-- > 0) ids.push(await runContainer(api));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return ids;
}

/** `docker stats` of all that runs, as a person has it open. */
async function startDockerStats({ host }: TestEngine): Promise<{ cpuMs: () => number; dispose: () => Promise<void> }> {
  const { docker, env } = await installDocker('20.10');
  const child = launch(docker, ['--host', host, 'stats'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const forget = onExit(() => void sendSignal(child.pid, 'SIGKILL'));
  let printed = 0;
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.length));
  await until('docker stats prints', () => printed > 0, { timeout: beginLimit });
  return {
    cpuMs: () => processorTime(child.pid ?? 0),
    dispose: async () => {
      sendSignal(child.pid, 'SIGTERM');
      await ended(child);
      forget();
    },
  };
}

/** Of user and system, as `/proc/PID/stat` tells behind the program's name. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

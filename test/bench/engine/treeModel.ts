import { setTimeout as delay } from 'node:timers/promises';
import { startEngine, type TestEngine } from '../../support/engines/engine';
import { followDockerEvents } from '../dockerEvents';
import type { Figure } from '../figure';
import { nameOf, populate, rename } from '../population';
import { median, percentile } from '../statistics';
import { startMirrorProcess } from './mirrorProcess';

/** Renames, each of another container. */
interface Renames {
  title: string;
  count: number;
  /** Between two of them, in milliseconds: far enough apart that each event is fetched by itself. */
  every: number;
  /** What the median and 95 % of the delays should not exceed, in milliseconds. */
  aims: { median: number; most: number };
}

const podmanContainers = 50;

/** From a rename by the engine's clock to its changed row in the tree model. */
export function measureTreeModel(engine: TestEngine, ids: readonly string[]): Promise<Figure[]> {
  const title = 'Event to changed row in the tree model, 1,000 containers';
  return measureRenames(engine, ids, { title, count: 100, every: 150, aims: { median: 60, most: 150 } });
}

/** The same on Podman, whose list tells no health. */
export async function measurePodman(): Promise<Figure[]> {
  const engine = await startEngine({ version: 'podman' });
  try {
    await engine.loadBusybox();
    const ids = await populate(engine.api, 0, podmanContainers);
    const title = `The same on Podman, ${podmanContainers} containers`;
    return await measureRenames(engine, ids, { title, count: 40, every: 600, aims: { median: 100, most: 150 } });
  } finally {
    await engine.dispose();
  }
}

async function measureRenames(engine: TestEngine, ids: readonly string[], renames: Renames): Promise<Figure[]> {
  const { rows, printed } = await delaysOf(engine, ids, renames);
  const of = 'the same events until “docker events” has printed them';
  return [
    {
      name: `${renames.title}: median`,
      unit: 'ms',
      value: median(rows),
      reference: { value: median(printed), of },
      aim: { most: renames.aims.median, of: 'value' },
    },
    {
      name: '  95 % of them',
      unit: 'ms',
      value: percentile(rows, 95),
      reference: { value: percentile(printed, 95), of },
      aim: { most: renames.aims.most, of: 'value' },
    },
  ];
}

/** Milliseconds from each rename by the engine's clock. */
async function delaysOf(
  engine: TestEngine,
  ids: readonly string[],
  { count, every }: Renames,
): Promise<{ rows: number[]; printed: number[] }> {
  const cli = await followDockerEvents(engine);
  const mirror = await startMirrorProcess(engine.socket);
  const rows: number[] = [];
  const printed: number[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const name = `${nameOf(index)}-m`;
      await rename(engine.api, ids[index] ?? '', name);
      const event = await cli.renamedTo(name);
      rows.push((await mirror.rowChanged(name)) - event.happened);
      printed.push(event.printed - event.happened);
      await delay(every);
    }
  } finally {
    await mirror.dispose();
    await cli.dispose();
  }
  return { rows, printed };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { TestEngine } from '../support/engine';
import { followDockerEvents } from './dockerEvents';
import type { Figure } from './figure';
import { startMirrorProcess } from './mirrorProcess';
import { nameOf, rename } from './population';
import { median, percentile } from './statistics';

const events = 100;
/** Far enough apart that each event is fetched by itself. */
const everyMs = 150;

/** From a rename by the engine's clock to its changed row in the tree model. */
export async function measureTreeModel(engine: TestEngine, ids: readonly string[]): Promise<Figure[]> {
  const cli = await followDockerEvents(engine);
  const mirror = await startMirrorProcess(engine.socket);
  const rows: number[] = [];
  const printed: number[] = [];
  try {
    for (let index = 0; index < events; index++) {
      const name = `${nameOf(index)}-m`;
      await rename(engine.api, ids[index] ?? '', name);
      const event = await cli.renamedTo(name);
      rows.push((await mirror.rowChanged(name)) - event.happened);
      printed.push(event.printed - event.happened);
      await delay(everyMs);
    }
  } finally {
    await mirror.dispose();
    await cli.dispose();
  }
  const of = 'the same events until “docker events” has printed them';
  return [
    {
      name: 'Event to changed row in the tree model, 1,000 containers: median',
      unit: 'ms',
      value: median(rows),
      reference: { value: median(printed), of },
      aim: { most: 60, of: 'value' },
    },
    {
      name: '  95 % of them',
      unit: 'ms',
      value: percentile(rows, 95),
      reference: { value: percentile(printed, 95), of },
      aim: { most: 150, of: 'value' },
    },
  ];
}

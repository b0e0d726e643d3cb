import { setTimeout as delay } from 'node:timers/promises';
import type { TestEngine } from '../../support/engines/engine';
import type { Figure } from '../figure';
import { nameOf, rename } from '../population';
import { startMirrorProcess } from './mirrorProcess';

const warmUp = 60;
const events = 200;
/** Far enough apart that each event is fetched by itself. */
const everyMs = 50;
/** CPU time of two runs differs by as much. */
const same = 1.25;

/** What an event costs, by the number of containers. */
export interface EventCost {
  containers: number;
  requests: number;
  cpuMs: number;
}

/** Requests and processor time of mirror and tree model for each of many renames, spread over the containers. */
export async function measureEventCost(engine: TestEngine, ids: readonly string[]): Promise<EventCost> {
  const mirror = await startMirrorProcess(engine.socket);
  const renameSome = async (mark: string, count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const which = (index * 37) % ids.length;
      const name = `${nameOf(which)}-${mark}${index}-of-${ids.length}`;
      await rename(engine.api, ids[which] ?? '', name);
      await mirror.rowChanged(name);
      await delay(everyMs);
    }
  };
  try {
    await renameSome('w', warmUp);
    const before = await mirror.used();
    await renameSome('c', events);
    const after = await mirror.used();
    return {
      containers: ids.length,
      requests: (after.requests - before.requests) / events,
      cpuMs: (after.cpuMs - before.cpuMs) / events,
    };
  } finally {
    await mirror.dispose();
  }
}

/** The smallest size is the reference of the others. */
export function eventCostFigures([smallest, ...others]: readonly EventCost[]): Figure[] {
  if (!smallest) return [];
  const title = ({ containers }: EventCost): string => `${containers.toLocaleString('en')} containers`;
  const compared = (name: string, unit: Figure['unit'], read: (cost: EventCost) => number): Figure[] => [
    { name: `${name}, ${title(smallest)}`, unit, value: read(smallest) },
    ...others.map(cost => ({
      name: `  ${title(cost)}`,
      unit,
      value: read(cost),
      reference: { value: read(smallest), of: `the same at ${title(smallest)}` },
      aim: { most: same, of: 'ratio' } as const,
    })),
  ];
  return [
    ...compared('Requests per event', '', ({ requests }) => requests),
    ...compared('Processor time per event', 'ms', ({ cpuMs }) => cpuMs),
  ];
}

import { setTimeout as delay } from 'node:timers/promises';
import { containerEntry, type Entry, event, FakeEngine } from '../../support/engines/fakeEngine';
import { Random } from '../../support/random';

/** What the storm's process is told, and what it tells. */
export interface StormOrder {
  events: number;
  perSecond: number;
  seed: number;
}
export type StormNews =
  { kind: 'ready'; host: string } | { kind: 'over'; names: Record<string, string>; requests: number };

const containers = 500;
const batchMs = 10;

/** An engine with 500 containers in a process of its own, which changes them as fast as it is told to. */
async function main(): Promise<void> {
  const fake = await new FakeEngine().start();
  const entries = new Map<string, Entry>();
  const ids = Array.from({ length: containers }, (_, index) => index.toString(16).padStart(64, '0'));
  for (const id of ids) entries.set(id, containerEntry(id));
  const show = (): void => void (fake.containers = [...entries.values()]);
  show();
  process.on('disconnect', () => void fake.dispose().then(() => process.exit()));
  process.on('message', (order: StormOrder) => void storm(order));

  const storm = async ({ events, perSecond, seed }: StormOrder): Promise<void> => {
    const random = new Random(seed);
    const begun = performance.now();
    for (let count = 0; count < events;) {
      const due = Math.min(events, ((performance.now() - begun) / 1000) * perSecond);
      let lines = '';
      for (; count < due; count++) lines += `${JSON.stringify(change(entries, random.pick(ids) ?? '', count))}\n`;
      show();
      fake.emit(lines);
      await delay(batchMs);
    }
    const names = Object.fromEntries(
      [...entries].map(([id, { Names }]) => [id, (Names as string[])[0]?.slice(1) ?? '']),
    );
    tell({ kind: 'over', names, requests: fake.requests.length });
  };
  tell({ kind: 'ready', host: fake.endpoint.url });
}

/** Removes a container, makes it again, or renames it; gives the event that tells of it. */
function change(entries: Map<string, Entry>, id: string, count: number): Entry {
  const name = `name${count}`;
  if (!entries.has(id)) {
    entries.set(id, containerEntry(id, { Names: [`/${name}`] }));
    return event('container', 'create', id, { name });
  }
  if (count % 5 === 0) {
    entries.delete(id);
    return event('container', 'destroy', id, { name });
  }
  entries.set(id, containerEntry(id, { Names: [`/${name}`] }));
  return event('container', 'rename', id, { name });
}

function tell(news: StormNews): void {
  process.send?.(news);
}

void main();

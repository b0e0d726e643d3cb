import { setTimeout as delay } from 'node:timers/promises';
import type { TestEngine } from '../../support/engines/engine';
import { until } from '../../support/until';
import { type DockerEvents, followDockerEvents } from '../dockerEvents';
import type { Figure } from '../figure';
import { nameOf, rename } from '../population';
import { median } from '../statistics';
import { clickToFirstRow, seenAt } from './page';
import { openProbed, type ProbedWindow } from './window';

const samples = 30;
const steadyMs = 300;
/** Between the samples that meet a view at rest. */
const restMs = 1_000;

/** Delays from an event by the engine's clock, in milliseconds. */
interface Delays {
  rows: number[];
  printed: number[];
}

/** From a rename by the engine's clock to its row in the browser's document. */
export async function measureDocument(engine: TestEngine, ids: readonly string[], vsix: string): Promise<Figure[]> {
  const cli = await followDockerEvents(engine);
  const probed = await openProbed({ engine, vsix });
  try {
    const { page } = probed.workbench;
    const target = new Target(engine, probed, cli, ids);
    const bare = await target.bareRenames();
    await probed.workbench.openView('Containers', { alone: true });
    await page.waitForTimeout(restMs);
    const idle = await target.renames(0, 'i', atRandom, enough);
    const [steady, other] = await target.twoAtOnce();
    const figure = (name: string, { rows, printed }: Delays): Figure => ({
      name,
      unit: 'ms',
      value: median(rows),
      reference: { value: median(printed), of: 'the same events until “docker events” has printed them' },
      aim: { most: 100, of: 'value' },
    });
    const bareRow = 'an extension that draws its only row anew as soon as the engine tells of a rename';
    return [
      {
        ...figure('Event to row in the browser, 1,000 containers, at rest: median', idle),
        reference: { value: median(bare.rows), of: bareRow },
        aim: { most: 1.4, of: 'ratio' },
      },
      figure('  beside “docker events”', idle),
      figure('  a rename every 300 ms: the renamed rows', steady),
      figure('  meanwhile another row, at random moments', other),
    ];
  } finally {
    await probed.dispose();
    await cli.dispose();
  }
}

const atRandom = (): number => restMs + Math.random() * steadyMs;
const enough = (done: number): boolean => done < samples;

/** Renames containers whose rows are in sight, and waits for their rows. */
class Target {
  constructor(
    private readonly engine: TestEngine,
    private readonly probed: ProbedWindow,
    private readonly cli: DockerEvents,
    private readonly ids: readonly string[],
  ) {}

  /** Renames that only the probe's live row shows: Quayside is not active yet. */
  async bareRenames(): Promise<Delays> {
    const { page } = this.probed.workbench;
    await clickToFirstRow(page, 'Live Row', /^following$/);
    return this.renames(0, 'b', atRandom, enough);
  }

  /** Renames one container as long as `more` wants; `pause` tells how long after a rename the next one comes. */
  async renames(index: number, mark: string, pause: () => number, more: (done: number) => boolean): Promise<Delays> {
    const names: string[] = [];
    while (more(names.length)) {
      const name = `${nameOf(index)}-${mark}${names.length}`;
      const next = delay(pause());
      await rename(this.engine.api, this.ids[index] ?? '', name);
      names.push(name);
      await next;
    }
    return this.#delays(names);
  }

  /** One container is renamed at a steady pace, another at random moments meanwhile. */
  async twoAtOnce(): Promise<[Delays, Delays]> {
    let over = false;
    const steady = this.renames(
      3,
      's',
      () => steadyMs,
      () => !over,
    );
    try {
      const other = await this.renames(0, 'o', atRandom, enough);
      over = true;
      return [await steady, other];
    } finally {
      over = true;
      await steady.catch(() => undefined); // It fails alike, and ends before its engine does.
    }
  }

  async #delays(names: readonly string[]): Promise<Delays> {
    const delays: Delays = { rows: [], printed: [] };
    for (const name of names) {
      const { page } = this.probed.workbench;
      const { happened, printed } = await this.cli.renamedTo(name);
      const seen = await until(`the row ${name} shows`, () => seenAt(page, name));
      delays.rows.push(seen - happened);
      delays.printed.push(printed - happened);
    }
    return delays;
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onExit } from '../support/cleanup';
import { startEngine, type TestEngine } from '../support/engines/engine';
import { SetupError } from '../support/processes';
import { type EventCost, eventCostFigures, measureEventCost } from './engine/eventCost';
import { measureLogSpeed } from './engine/logs';
import { measureStats } from './engine/stats';
import { measurePodman, measureTreeModel } from './engine/treeModel';
import { type Figure, formatFigures } from './figure';
import { packageInto, type Packages } from './packaging';
import { populate } from './population';
import { measureSize } from './size';
import { measureColdStart } from './windows/coldStart';
import { measureDocument } from './windows/document';
import { measureFirstRow } from './windows/firstRow';
import { measureInspector } from './windows/inspector';
import { measureLogTerminals } from './windows/logTerminals';
import { measureShell } from './windows/shell';

/*
 * npm run bench [-- PART…]: measures Quayside as it is packaged, against a private Docker Engine 20.10 and in a real VS
 * Code. A slow figure is no failure; what could not be measured is.
 */

const parts = [
  'size',
  'firstRow',
  'coldStart',
  'document',
  'treeModel',
  'podman',
  'eventCost',
  'shell',
  'inspector',
  'logs',
  'stats',
] as const;
type PartName = (typeof parts)[number];

async function main(wanted: ReadonlySet<string>): Promise<void> {
  const unknown = [...wanted].filter(name => !parts.some(part => part === name));
  if (unknown.length > 0) throw new SetupError(`No part ${unknown.join(', ')}. There are: ${parts.join(', ')}`);
  const work = mkdtempSync(join(tmpdir(), 'quayside-bench-'));
  onExit(() => rmSync(work, { recursive: true, force: true }));
  let engine: TestEngine | undefined;
  try {
    console.log('Packaging …');
    const packages = await packageInto(work);
    engine = await startEngine();
    await engine.loadBusybox();
    const measured = await measureAll(engine, packages, part => wanted.size === 0 || wanted.has(part));
    console.log(`\n${formatFigures(measured)}`);
  } finally {
    await engine?.dispose();
  }
}

/** The engine grows from figure to figure: 10, 300, 1,000 and 5,000 containers. */
async function measureAll(
  engine: TestEngine,
  packages: Packages,
  isWanted: (part: PartName) => boolean,
): Promise<Figure[]> {
  const costs: EventCost[] = [];
  const ids: string[] = [];
  const measure = async (part: PartName, title: string, work: () => Promise<Figure[]>): Promise<Figure[]> => {
    if (!isWanted(part)) return [];
    console.log(`${title} …`);
    return work();
  };
  const grow = async (size: number): Promise<void> => {
    console.log(`${size.toLocaleString('en')} containers …`);
    ids.push(...(await populate(engine.api, ids.length, size)));
  };
  const cost = (): Promise<Figure[]> =>
    measure('eventCost', 'Cost of an event', async () => {
      costs.push(await measureEventCost(engine, ids));
      return [];
    });

  const size = await measure('size', 'Sizes', () => measureSize(packages.released));
  const speed = await measure('logs', 'Reading logs', () => measureLogSpeed(engine));
  const terminals = await measure('logs', 'Terminals of logs', () => measureLogTerminals(engine, packages.released));
  const stats = await measure('stats', 'Figures of containers', () => measureStats(engine));
  await grow(10);
  await cost();
  const shell = await measure('shell', 'Shells', () => measureShell(engine, packages.released));
  const inspector = await measure('inspector', 'The inspector', () => measureInspector(engine, packages.released));
  await grow(300);
  const firstRow = await measure('firstRow', 'Click to first row', () => measureFirstRow(engine, packages.released));
  await grow(1_000);
  const coldStart = await measure('coldStart', 'Cold starts', () => measureColdStart(engine, packages.startedByProbe));
  const inDocument = await measure('document', 'Events to the browser', () =>
    measureDocument(engine, ids, packages.released),
  );
  const inModel = await measure('treeModel', 'Events to the tree model', () => measureTreeModel(engine, ids));
  const podman = await measure('podman', 'Events of Podman', measurePodman);
  await cost();
  if (isWanted('eventCost')) await grow(5_000);
  await cost();
  return [
    ...coldStart,
    ...inModel,
    ...podman,
    ...inDocument,
    ...eventCostFigures(costs),
    ...firstRow,
    ...shell,
    ...inspector,
    ...speed,
    ...terminals,
    ...stats,
    ...size,
  ];
}

main(new Set(process.argv.slice(2))).catch((error: unknown) => {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
});

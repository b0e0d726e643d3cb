import type { TestEngine } from '../../support/engines/engine';
import type { Figure } from '../figure';
import { median } from '../statistics';
import { type Activated, activationOf } from './page';
import type { Activation, Memory } from './probe';
import { openProbed } from './window';

const rounds = 5;
const listsOfRound = 5;
/** What follows the first rows (welcome views, drawing) is over by then. */
const restMs = 3_000;
/** All lines in sight at once: the editor keeps no others in the document. */
const tall = { width: 1280, height: 3_000 };
const megabyte = 1e6;

interface Round {
  activation: Activation;
  lists: number;
  counted: Activated;
  countedOther: Activated;
  memory: Memory;
}

/** An extension host without Quayside. */
interface HostAlone {
  /** The first lists that were read in it, in milliseconds. */
  lists: number;
  memory: Memory;
}

/** What the extension costs a fresh extension host: its activation, its first picture of the engine, its memory. */
export async function measureColdStart(engine: TestEngine, vsix: string): Promise<Figure[]> {
  const withIt: Round[] = [];
  const without: HostAlone[] = [];
  for (let round = 0; round < rounds; round++) {
    withIt.push(await measureRound(engine, vsix));
    without.push(await measureHostAlone(engine));
  }
  const of = (read: (round: Round) => number): number => median(withIt.map(read));
  const growth = (read: (memory: Memory) => number): number =>
    of(({ memory }) => read(memory)) / megabyte - alone(read);
  const alone = (read: (memory: Memory) => number): number =>
    median(without.map(({ memory }) => read(memory))) / megabyte;
  const cold = median(without.map(({ lists }) => lists));
  return [
    {
      name: 'Cold start to mirror ready, 1,000 containers',
      unit: 'ms',
      value: of(({ activation }) => activation.ready),
      reference: {
        value: cold,
        of: 'the first thing done in such an extension host, plain node:http: containers?all=1, images, networks and volumes at once, read to their ends, not parsed',
      },
      aim: { most: 1.3, of: 'ratio' },
    },
    {
      name: '  the same lists once more, in the host where Quayside will be activated',
      unit: 'ms',
      value: of(({ lists }) => lists),
      reference: { value: cold, of: 'the first time' },
    },
    {
      name: '  the same with activate() and the loading of its code',
      unit: 'ms',
      value: of(({ activation }) => activation.activated + activation.ready),
    },
    {
      name: 'activate(), as VS Code counts it',
      unit: 'ms',
      value: of(({ counted }) => counted.activate),
      reference: {
        value: of(({ countedOther }) => countedOther.activate),
        of: 'the same count for Merge Conflict, a small extension of VS Code’s own',
      },
      aim: { most: 10, of: 'value' },
    },
    {
      name: '  loading its code before that',
      unit: 'ms',
      value: of(({ counted }) => counted.loading),
      reference: { value: of(({ countedOther }) => countedOther.loading), of: 'the same count for Merge Conflict' },
    },
    {
      name: 'Growth of the extension host, 1,000 containers: private memory',
      unit: 'MB',
      value: growth(memory => memory.private),
      reference: { value: alone(memory => memory.private), of: 'private memory of the same host without Quayside' },
      aim: { most: 30, of: 'value' },
    },
    {
      name: '  heap in use after a collection',
      unit: 'MB',
      value: growth(memory => memory.heap),
      reference: { value: alone(memory => memory.heap), of: 'the heap of the same host without Quayside' },
    },
  ];
}

async function measureRound(engine: TestEngine, vsix: string): Promise<Round> {
  const { workbench, measure, dispose } = await openProbed({ engine, vsix });
  try {
    const lists: number[] = [];
    for (let count = 0; count < listsOfRound; count++) lists.push(((await measure('lists')) as { ms: number }).ms);
    const activation = (await measure('activate')) as Activation;
    await workbench.openView('Containers');
    await workbench.page.waitForTimeout(restMs);
    const memory = (await measure('memory')) as Memory;
    await workbench.page.setViewportSize(tall);
    await workbench.command('Developer: Startup Performance');
    const counted = await activationOf(workbench.page, 'quayside.quayside');
    const countedOther = await activationOf(workbench.page, 'vscode.merge-conflict');
    return { activation, lists: median(lists), counted, countedOther, memory };
  } finally {
    await dispose();
  }
}

async function measureHostAlone(engine: TestEngine): Promise<HostAlone> {
  const { workbench, measure, dispose } = await openProbed({ engine, vsix: undefined });
  try {
    const { ms: lists } = (await measure('lists')) as { ms: number };
    await workbench.page.waitForTimeout(restMs);
    return { lists, memory: (await measure('memory')) as Memory };
  } finally {
    await dispose();
  }
}

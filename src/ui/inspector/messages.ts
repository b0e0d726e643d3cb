import { own, record } from '../../base/read';
import type { Inspected, PageMessage, TabName } from './protocol';

type Check = (value: unknown) => boolean;

const tabs: Readonly<Record<TabName, true>> = {
  overview: true,
  stats: true,
  processes: true,
  environment: true,
  mounts: true,
  network: true,
  changes: true,
  layers: true,
  drawing: true,
  raw: true,
};

const isText: Check = value => typeof value === 'string';
const isTab: Check = value => typeof value === 'string' && Object.hasOwn(tabs, value);
const isNumber: Check = value => Number.isSafeInteger(value) && Number(value) >= 0;

/** The fields of each message, beside its type. */
const shapes: Readonly<Record<PageMessage['type'], Record<string, Check>>> = {
  ready: { tab: value => value === undefined || isTab(value) },
  show: { tab: isTab },
  act: { action: isNumber },
  open: { link: isNumber },
  reveal: { secret: isNumber },
  copy: { text: isText },
  copySecret: { secret: isNumber },
  refresh: { tab: isTab },
  signal: { process: isNumber, signal: isText },
};

/** What came from a page as a message, if it is one. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  const message = record(value);
  const { type } = message;
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type)) return undefined;
  const fields = Object.entries(shapes[type as PageMessage['type']]);
  return fields.every(([name, fits]) => fits(own(message, name))) ? (value as PageMessage) : undefined;
}

/** The tab that a panel showed, from the state that its page kept. */
export function readShownTab(state: unknown): TabName | undefined {
  const { tab } = record(state);
  return isTab(tab) ? (tab as TabName) : undefined;
}

/** What a panel was about, from the state that its page kept; undefined when it holds no such thing. */
export function readInspected(state: unknown): Inspected | undefined {
  const { kind, id, name, engine } = record(record(state)['inspected']);
  const { id: engineId, name: engineName } = record(engine);
  if (kind !== 'container' && kind !== 'image' && kind !== 'network' && kind !== 'volume') return undefined;
  if (typeof id !== 'string' || id === '' || typeof name !== 'string') return undefined;
  if (typeof engineId !== 'string' || typeof engineName !== 'string') return undefined;
  return { kind, id, name, engine: { id: engineId, name: engineName } };
}

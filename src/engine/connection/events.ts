import type { IncomingMessage } from 'node:http';
import { withDeadline } from '../../base/abort';
import { number, own, record, text, textMap } from '../../base/read';
import { readJsonLines } from '../client/lines';
import { EngineError, toEngineError } from '../errors';
import type { Engine } from './engine';

/** One thing that happened to one object, in the terms of Docker's engine whatever engine it was. */
export interface EngineEvent {
  type: 'container' | 'image' | 'network' | 'volume';
  /** The action's verb, e.g. `start`, `health_status`. */
  action: string;
  /** The object's id (a volume's name); empty for a prune. */
  id: string;
  attributes: Readonly<Record<string, string>>;
}

const types = ['container', 'image', 'network', 'volume'] as const;

/**
 * The actions that change a row, asked for in the request: an exec, for one, costs three events, and every health
 * probe is an exec. Podman filters by its own names, so those stand beside Docker's.
 */
const actions = [
  ...['create', 'start', 'die', 'stop', 'restart', 'destroy', 'rename', 'pause', 'unpause', 'update', 'oom', 'commit'],
  ...['health_status', 'connect', 'disconnect', 'tag', 'untag', 'delete', 'load', 'import', 'pull', 'push', 'prune'],
  ...['died', 'init', 'cleanup', 'remove', 'loadfromarchive', 'build'],
];

/** Podman's names for what Docker's engine calls otherwise. */
const renamed: Readonly<Record<string, string>> = { died: 'die', loadfromarchive: 'load' };

/** An event with all its labels is far shorter; what is longer is garbage. */
const maxEventLength = 1024 * 1024;

/** How long the engine may take to tell which events it remembers, in milliseconds. */
const memoryDeadlineMs = 10_000;

/** What hears of the event stream. */
export interface EventListener {
  /** @param at when it happened by the engine's clock, in milliseconds since the epoch; 0 where it is not told */
  onEvent(event: EngineEvent, at: number): void;
  /** Something came that is no event: what it was before it was spoilt, nobody knows. */
  onGap(): void;
}

/**
 * Opens `GET /events`. Resolves when the engine has begun to answer, so that a list read afterwards misses nothing. The
 * events are read without ever pausing, because the engine drops events for a reader that pauses. Rejects and ends with
 * an EngineError: a stream that ends cleanly is as lost as one that breaks.
 */
export async function openEvents(
  engine: Engine,
  listener: EventListener,
  signal: AbortSignal,
): Promise<{ ended: Promise<EngineError>; begun: number }> {
  const query = { filters: { type: types, event: actions } };
  const response = await engine.client.stream({ method: 'GET', path: '/events', query, signal });
  const begun = Date.parse(response.headers.date ?? '') || Date.now();
  return { ended: follow(response, listener, signal), begun };
}

/**
 * Whether the engine remembers an event that happened after `since` and before `until` (milliseconds, by its clock): one
 * request, answered at once. Of the time before it remembers some hundred events, and none of before its own start.
 */
export function remembersEvents(
  engine: Engine,
  { since, until }: { since: number; until: number },
  signal: AbortSignal,
): Promise<boolean> {
  const seconds = { since: Math.floor(since / 1000), until: Math.floor(until / 1000) };
  if (seconds.until <= seconds.since) return Promise.resolve(false);
  // Docker's engine ends its answer at `until`. Podman ends at the newest event when it is told not to stream; given a
  // time that has passed, it may end before it has read its file, and so without an event.
  const end = engine.identity.flavour === 'podman' ? { stream: false } : { until: seconds.until };
  const query = { since: seconds.since, ...end, filters: { type: types, event: actions } };
  return withDeadline(memoryDeadlineMs, signal, async signal => {
    const response = await engine.client.stream({ method: 'GET', path: '/events', query, signal });
    for await (const message of readJsonLines(response, { maxLength: maxEventLength })) {
      const at = timeOf(message);
      if (at > since && at < until && parseEvent(message)) return true;
    }
    return false;
  });
}

async function follow(response: IncomingMessage, listener: EventListener, signal: AbortSignal): Promise<EngineError> {
  const lines = { maxLength: maxEventLength, onSkip: () => listener.onGap() };
  try {
    for await (const message of readJsonLines(response, lines)) {
      const event = parseEvent(message);
      if (event) listener.onEvent(event, timeOf(message));
    }
    return new EngineError('unreachable', { code: 'eventStreamClosed' });
  } catch (error) {
    return toEngineError(error, signal);
  }
}

function timeOf(message: unknown): number {
  return (number(record(message)['timeNano']) ?? 0) / 1e6;
}

/** An event message as API 1.24 to 1.52 and Podman send it; undefined for what no row depends on. */
export function parseEvent(message: unknown): EngineEvent | undefined {
  const { Type, Action, Actor } = record(message);
  const type = types.find(name => name === Type);
  if (!type) return undefined;
  const verb = text(Action).split(':', 1)[0] ?? '';
  const attributes = textMap(record(Actor)['Attributes']);
  const id = text(record(Actor)['ID']);
  if (type === 'container')
    return { type, action: verb === 'remove' ? 'destroy' : (own(renamed, verb) ?? verb), id, attributes };
  if (type === 'volume')
    return { type, action: verb === 'remove' ? 'destroy' : verb, id: id || (attributes['name'] ?? ''), attributes };
  if (type === 'image')
    return { type, action: verb === 'remove' ? 'delete' : (own(renamed, verb) ?? verb), id, attributes };
  return { type, action: verb, id, attributes };
}

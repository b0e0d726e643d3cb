import type { IncomingMessage } from 'node:http';
import { withDeadline } from '../../base/abort';
import { number, own, record, text, textMap } from '../../base/read';
import { readJsonLines } from '../client/lines';
import { EngineError, toEngineError } from '../errors';
import type { Engine } from './engine';

/** One thing that happened to one object, in Docker's terms for every engine. */
export interface EngineEvent {
  /** As in the Engine API, e.g. `container`. */
  type: string;
  /** The action's verb, e.g. `start`, `health_status`. */
  action: string;
  /** The object's id (a volume's name); empty for a prune. */
  id: string;
  attributes: Readonly<Record<string, string>>;
}

/**
 * Events of one type that somebody follows. Whatever an action adds to its verb, as in `health_status: healthy`, is
 * left out.
 */
export interface EventSource {
  readonly type: string;
  /** The actions by Docker's names. */
  readonly actions: readonly string[];
  /** Podman filters by its own names: each, and what Docker calls the same; the same name where Docker has none. */
  readonly podman?: Readonly<Record<string, string>>;
  /** The attribute that names the object where the engine sends no id. */
  readonly idAttribute?: string;
}

/** An event with all its labels is far shorter. */
const maxEventLength = 1024 * 1024;

/** How long the engine may take to tell the events that it remembers, in milliseconds. */
const memoryDeadlineMs = 10_000;

/** What an event stream calls. */
export interface EventListener {
  /**
   * @param at when it happened by the engine's clock, in milliseconds since the epoch; 0 when the engine does not tell
   */
  onEvent(event: EngineEvent, at: number): void;
  /** Something came that is no event, so an event may be missing. */
  onGap(): void;
}

/**
 * Opens `GET /events`. Resolves when the engine has begun to answer, so that a list that is read afterwards misses
 * nothing. Reading never pauses, because the engine drops events for a reader that pauses. Rejects with an EngineError,
 * and `ended` resolves with one: a stream that ends cleanly is as lost as one that breaks.
 */
export async function openEvents(
  engine: Engine,
  sources: readonly EventSource[],
  listener: EventListener,
  signal: AbortSignal,
): Promise<{ ended: Promise<EngineError>; begun: number }> {
  const query = { filters: filtersOf(sources) };
  const response = await engine.client.stream({ method: 'GET', path: '/events', query, signal });
  const begun = Date.parse(response.headers.date ?? '') || Date.now();
  return { ended: follow(response, sources, listener, signal), begun };
}

/**
 * Whether the engine remembers an event after `since` and before `until` (milliseconds, by its clock). Costs one
 * request, which is answered at once. An engine remembers some hundred events, and none from before its own start.
 */
export function remembersEvents(
  engine: Engine,
  sources: readonly EventSource[],
  { since, until }: { since: number; until: number },
  signal: AbortSignal,
): Promise<boolean> {
  const seconds = { since: Math.floor(since / 1000), until: Math.floor(until / 1000) };
  if (seconds.until <= seconds.since) return Promise.resolve(false);
  // Docker ends its answer at `until`. Podman, given a time that has passed, may end before it has read its file, and so
  // without an event. Told not to stream, Podman ends after the newest event.
  const end = engine.identity.flavour === 'podman' ? { stream: false } : { until: seconds.until };
  const query = { since: seconds.since, ...end, filters: filtersOf(sources) };
  return withDeadline(memoryDeadlineMs, signal, async signal => {
    const response = await engine.client.stream({ method: 'GET', path: '/events', query, signal });
    for await (const message of readJsonLines(response, { maxLength: maxEventLength })) {
      const at = timeOf(message);
      if (at > since && at < until && parseEvent(message, sources)) return true;
    }
    return false;
  });
}

/**
 * Only what somebody follows is asked for: an exec, for one, makes three events, and every health probe is an exec. The
 * engine combines every type with every action.
 */
function filtersOf(sources: readonly EventSource[]): { type: string[]; event: string[] } {
  const actions = sources.flatMap(({ actions, podman = {} }) => [...actions, ...Object.keys(podman)]);
  return { type: [...new Set(sources.map(({ type }) => type))], event: [...new Set(actions)] };
}

async function follow(
  response: IncomingMessage,
  sources: readonly EventSource[],
  listener: EventListener,
  signal: AbortSignal,
): Promise<EngineError> {
  const lines = { maxLength: maxEventLength, onSkip: () => listener.onGap() };
  try {
    for await (const message of readJsonLines(response, lines)) {
      const event = parseEvent(message, sources);
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

/** Reads an event message of API 1.24 to 1.52 or of Podman. Undefined when no source follows its type. */
export function parseEvent(message: unknown, sources: readonly EventSource[]): EngineEvent | undefined {
  const { Type, Action, Actor } = record(message);
  const followed = sources.filter(({ type }) => type === Type);
  const [first] = followed;
  if (!first) return undefined;
  const verb = text(Action).split(':', 1)[0] ?? '';
  const attributes = textMap(record(Actor)['Attributes']);
  return {
    type: first.type,
    action: firstOf(followed, ({ podman }) => podman && own(podman, verb)) ?? verb,
    id: text(record(Actor)['ID']) || (firstOf(followed, source => nameIn(attributes, source)) ?? ''),
    attributes,
  };
}

function nameIn(attributes: EngineEvent['attributes'], { idAttribute }: EventSource): string | undefined {
  return idAttribute === undefined ? undefined : attributes[idAttribute];
}

function firstOf<T>(sources: readonly EventSource[], read: (source: EventSource) => T | undefined): T | undefined {
  for (const source of sources) {
    const found = read(source);
    if (found !== undefined) return found;
  }
  return undefined;
}

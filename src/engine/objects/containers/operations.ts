import { number, record, records, text, type Json } from '../../../base/read';
import { roundingOf } from './age';
import type { Engine } from '../../connection/connection';
import { type Container, containerRow, type ContainerState, type Health } from './row';
import { EngineError, isEngineError } from '../../errors';
import { pruneReport, type PruneReport } from '../prune';
import { none, type ResourceKind } from '../resource';

export * from './row';

export const containerKind: ResourceKind<Container> = {
  async list(engine, ids, signal) {
    const filters = ids && { id: ids };
    const answer = await engine.client.read({ path: '/containers/json', query: { all: true, filters }, signal });
    const now = Date.now();
    const rows = records(answer).map(entry => containerRow(entry, now));
    return engine.identity.flavour === 'podman' ? withHealth(engine, rows, ids, signal) : rows;
  },
  touchedBy({ type, action, id, attributes }) {
    if (type === 'container' && action !== 'prune') return id ? [id] : none;
    if (type !== 'network' || (action !== 'connect' && action !== 'disconnect')) return none;
    const container = attributes['container'] ?? id;
    return container ? [container] : none;
  },
  /** Docker Engine tells of an end, a pause and an attachment, and writes them down only then. */
  tells: ({ action }) => toldEarly.has(action),
  shows({ action, attributes }, { state, networks }) {
    if (action === 'die' || action === 'stop') return state !== 'running' && state !== 'paused';
    if (action === 'pause') return state !== 'running';
    if (action === 'unpause') return state !== 'paused';
    const attachment = networks.find(({ network }) => network === attributes['name']);
    if (action === 'disconnect') return !attachment?.address;
    return action !== 'connect' || attachment !== undefined || !attributes['name'];
  },
  merge(before, after) {
    const sameRun = runOf(before) === runOf(after) && before.exitCode === after.exitCode;
    if (!sameRun || before.since === undefined || after.since === undefined) return after;
    const slack = 2_000 + roundingOf(Date.now() - after.since);
    return Math.abs(before.since - after.since) <= slack ? { ...after, since: before.since } : after;
  },
};

const toldEarly = new Set(['die', 'stop', 'pause', 'unpause', 'start', 'connect', 'disconnect']);

/** A pause does not end a run. */
function runOf({ state }: Container): ContainerState {
  return state === 'paused' ? 'running' : state;
}

/** Podman's list does not tell the health; its health filter does. */
async function withHealth(
  engine: Engine,
  rows: Container[],
  ids: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Container[]> {
  if (rows.length === 0) return rows;
  const healths = ['starting', 'healthy', 'unhealthy'] as const;
  const known = new Map<string, Health>();
  await Promise.all(
    healths.map(async health => {
      const query = { all: true, filters: { health: [health], id: ids } };
      const answer = await engine.client.read({ path: '/containers/json', query, signal });
      for (const entry of records(answer)) known.set(text(entry['Id']), health);
    }),
  );
  return rows.map(row => ({ ...row, health: known.get(row.id) }));
}

export interface Signalled {
  signal?: AbortSignal | undefined;
}

const at = (id: string, action?: string): string =>
  `/containers/${encodeURIComponent(id)}${action === undefined ? '' : `/${action}`}`;

async function act(engine: Engine, id: string, action: string, options: Signalled, query: object = {}): Promise<void> {
  await engine.client.call({ method: 'POST', path: at(id, action), query: { ...query }, signal: options.signal });
}

/** `POST /containers/{id}/start`. Starting a running container changes nothing. */
export function start(engine: Engine, id: string, options: Signalled = {}): Promise<void> {
  return act(engine, id, 'start', options);
}

/** In seconds. */
const usualStopTimeout = 10;

export interface StopOptions extends Signalled {
  /** Seconds until the container is killed; the container's own stop timeout (usually 10) when not given. */
  timeout?: number | undefined;
}

/** `POST /containers/{id}/stop`. Lasts until the container has stopped. */
export function stop(engine: Engine, id: string, options: StopOptions = {}): Promise<void> {
  return act(engine, id, 'stop', options, { t: options.timeout });
}

/** How many seconds the container itself leaves to a stop; negative where it is never killed. */
export async function stopTimeout(engine: Engine, id: string, options: Signalled = {}): Promise<number> {
  return number(record((await inspect(engine, id, options))['Config'])['StopTimeout']) ?? usualStopTimeout;
}

/** `POST /containers/{id}/restart`. */
export function restart(engine: Engine, id: string, options: StopOptions = {}): Promise<void> {
  return act(engine, id, 'restart', options, { t: options.timeout });
}

/** `POST /containers/{id}/pause`. */
export function pause(engine: Engine, id: string, options: Signalled = {}): Promise<void> {
  return act(engine, id, 'pause', options);
}

/** `POST /containers/{id}/unpause`. */
export function unpause(engine: Engine, id: string, options: Signalled = {}): Promise<void> {
  return act(engine, id, 'unpause', options);
}

/** `POST /containers/{id}/kill`. `unixSignal` is a name or number, `SIGKILL` when not given. */
export function kill(engine: Engine, id: string, options: Signalled & { unixSignal?: string } = {}): Promise<void> {
  return act(engine, id, 'kill', options, { signal: options.unixSignal });
}

/** `POST /containers/{id}/rename`. */
export function rename(engine: Engine, id: string, options: Signalled & { name: string }): Promise<void> {
  return act(engine, id, 'rename', options, { name: options.name });
}

export interface RemoveContainerOptions extends Signalled {
  /** Kills a running container first. */
  force?: boolean;
  /** Removes the anonymous volumes that it had to itself, too. */
  volumes?: boolean;
}

/** `DELETE /containers/{id}`. Returns also when the container is gone already or its removal is under way. */
export async function remove(engine: Engine, id: string, options: RemoveContainerOptions = {}): Promise<void> {
  const { force, volumes, signal } = options;
  try {
    await engine.client.call({ method: 'DELETE', path: at(id), query: { force, v: volumes }, signal });
  } catch (error) {
    const refused = isEngineError(error, 'conflict') && (force === true || (await isGoing(engine, id, signal)));
    const going = refused || isEngineError(error, 'notFound');
    if (!going) throw error;
  }
}

/** Whether its removal is under way. A forced removal is refused for no other reason. */
async function isGoing(engine: Engine, id: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return record((await inspect(engine, id, { signal }))['State'])['Status'] === 'removing';
  } catch (error) {
    return isEngineError(error, 'notFound');
  }
}

/** `GET /containers/{id}/json`, as the engine gives it. */
export async function inspect(engine: Engine, id: string, options: Signalled & { size?: boolean } = {}): Promise<Json> {
  return record(
    await engine.client.read({ path: at(id, 'json'), query: { size: options.size }, signal: options.signal }),
  );
}

/** `POST /containers/{id}/wait`: the exit code, once the condition holds. Lasts as long as that takes. */
export async function wait(
  engine: Engine,
  id: string,
  options: Signalled & { condition?: 'not-running' | 'next-exit' | 'removed' } = {},
): Promise<number> {
  const query = { condition: options.condition };
  const answer = await engine.client.wait({ method: 'POST', path: at(id, 'wait'), query, signal: options.signal });
  const code = number(record(answer)['StatusCode']);
  if (code === undefined) throw new EngineError('failed', 'The engine told no exit code');
  return code;
}

/** `POST /containers/prune`: removes all stopped containers. */
export async function prune(engine: Engine, options: Signalled = {}): Promise<PruneReport> {
  const answer = await engine.client.call({ method: 'POST', path: '/containers/prune', signal: options.signal });
  return pruneReport(answer, 'ContainersDeleted');
}

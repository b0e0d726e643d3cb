import { records, text } from '../../../base/read';
import type { Engine } from '../../connection/engine';
import { none, type ResourceKind } from '../resource';
import { roundingOf } from './age';
import { type Container, containerRow, type ContainerState, type Health } from './row';

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
    const slack = 2000 + roundingOf(Date.now() - after.since);
    return Math.abs(before.since - after.since) <= slack ? { ...after, since: before.since } : after;
  },
};

export const toldEarly = new Set(['die', 'stop', 'pause', 'unpause', 'start', 'connect', 'disconnect']);
/** A pause does not end a run. */
export function runOf({ state }: Container): ContainerState {
  return state === 'paused' ? 'running' : state;
}

/** Podman's list does not tell the health; its health filter does. */
export async function withHealth(
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

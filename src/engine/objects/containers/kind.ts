import { records } from '../../../base/read';
import type { Engine } from '../../connection/engine';
import { imageEvents } from '../images/events';
import { imageId } from '../images/reference';
import { none, type ResourceKind } from '../resource';
import { roundingOf } from './age';
import { podmanHealth } from './health';
import { type Container, containerRow, type ContainerState } from './row';

/** Docker Engine sends these events before its list shows what they say. */
const earlyActions = new Set(['die', 'stop', 'pause', 'unpause', 'start', 'connect', 'disconnect']);

export const containerKind: ResourceKind<Container, 'image' | 'network' | 'volume'> = {
  events: [
    {
      type: 'container',
      actions: [
        ...['create', 'start', 'die', 'stop', 'restart', 'destroy', 'rename', 'pause', 'unpause', 'update', 'oom'],
        ...['health_status', 'prune'],
      ],
      podman: { died: 'die', remove: 'destroy', init: 'init', cleanup: 'cleanup' },
    },
    imageEvents,
    { type: 'network', actions: ['connect', 'disconnect'] },
  ],
  required: true,
  async list(engine, ids, signal) {
    if (engine.identity.flavour !== 'podman') return listed(engine, ids, signal);
    const [rows, health] = await Promise.all([listed(engine, ids, signal), podmanHealth(engine, ids, signal)]);
    return rows.map(row => ({ ...row, health: health.get(row.id) }));
  },
  touchedBy({ type, action, id, attributes }, view) {
    if (type === 'image') return view.listed ? usersOf([imageId(id)], view.rows()) : 'all';
    if (type === 'container') return action === 'prune' || !id ? none : [id];
    if (type !== 'network' || (action !== 'connect' && action !== 'disconnect')) return none;
    const container = attributes['container'] ?? id;
    return container ? [container] : none;
  },
  touchedByChange: ({ kind, ids }, view) => (kind === 'image' ? usersOf(ids, view.rows()) : none),
  uses: ({ imageId, networks, mounts }) => ({
    image: imageId ? [imageId] : none,
    network: networks.map(({ network }) => network),
    volume: mounts.flatMap(({ volume }) => volume || none),
  }),
  isEarly: ({ action }) => earlyActions.has(action),
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

async function listed(engine: Engine, ids: readonly string[] | undefined, signal: AbortSignal): Promise<Container[]> {
  const query = { all: true, filters: ids && { id: ids } };
  const answer = await engine.client.read({ path: '/containers/json', query, signal });
  const now = Date.now();
  return records(answer).map(entry => containerRow(entry, now));
}

/** A row names its image by tag, or by id once the tag has moved on: what happens to an image may change its users' rows. */
function usersOf(imageIds: readonly string[], rows: readonly Container[]): readonly string[] {
  if (imageIds.length === 0) return none;
  const ids = new Set(imageIds);
  return rows.flatMap(row => (ids.has(row.imageId) ? row.id : none));
}

/** A paused container is in the same run as before. */
function runOf({ state }: Container): ContainerState {
  return state === 'paused' ? 'running' : state;
}

import { oneOf, records, text } from '../../../base/read';
import { atLeast } from '../../connection/apiVersion';
import type { Engine } from '../../connection/engine';
import type { Health } from './row';

const healths = ['starting', 'healthy', 'unhealthy'] as const;

/**
 * The health of Podman's containers, by id. Its Docker-compatible list lacks it. Its own list has it as the status since
 * version 4; before that, one has to ask for the containers of each health.
 */
export async function podmanHealth(
  engine: Engine,
  ids: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Health>> {
  if (!atLeast(engine.identity.version, '4.0')) return filteredHealth(engine, ids, signal);
  const query = { all: true, filters: ids && { id: ids } };
  const answer = await engine.client.read({ path: '/libpod/containers/json', query, signal });
  return new Map(
    records(answer).flatMap(entry => {
      const health = oneOf(entry['Status'], [...healths, ''], '');
      return health === '' ? [] : [[text(entry['Id']), health]];
    }),
  );
}

async function filteredHealth(
  engine: Engine,
  ids: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Health>> {
  const lists = healths.map(async health => {
    const query = { all: true, filters: { health: [health], id: ids } };
    const answer = await engine.client.read({ path: '/containers/json', query, signal });
    return records(answer).map(entry => [text(entry['Id']), health] as const);
  });
  return new Map((await Promise.all(lists)).flat());
}

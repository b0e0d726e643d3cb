import type { Mirror } from '../../../src/engine/mirror/mirror';
import type { Api } from '../../support/engines/rawEngine';

/** A line for each object that the engine's own lists have: what it is, its name and its state. */
export async function engineSummary(api: Api): Promise<string> {
  const [containers, images, networks, volumes] = (await Promise.all(
    ['/containers/json?all=1', '/images/json', '/networks', '/volumes'].map(path => api('GET', path)),
  )) as [
    { Id: string; Names: string[]; State: string }[],
    { Id: string; RepoTags: string[] | null }[],
    { Id: string; Name: string }[],
    { Volumes: { Name: string }[] | null },
  ];
  return inOrder([
    ...containers.map(({ Id, Names, State }) => `container ${Id} ${Names[0]?.replace(/^\//, '')} ${State}`),
    ...images.map(({ Id, RepoTags }) => `image ${Id} ${named(RepoTags)}`),
    ...networks.map(({ Id, Name }) => `network ${Id} ${Name}`),
    ...(volumes.Volumes ?? []).map(({ Name }) => `volume ${Name}`),
  ]);
}

/** The same of the mirror's rows; its state where it is not ready. */
export function mirrorSummary(mirror: Mirror): string {
  if (mirror.state !== 'ready') return mirror.state;
  return inOrder([
    ...mirror.list('container').map(({ id, name, state }) => `container ${id} ${name} ${state}`),
    ...mirror.list('image').map(({ id, tags }) => `image ${id} ${named(tags)}`),
    ...mirror.list('network').map(({ id, name }) => `network ${id} ${name}`),
    ...mirror.list('volume').map(({ id }) => `volume ${id}`),
  ]);
}

function named(tags: readonly string[] | null): string {
  return (tags ?? [])
    .filter(tag => !tag.includes('<none>'))
    .sort()
    .join();
}

function inOrder(lines: readonly string[]): string {
  return [...lines].sort().join('\n');
}

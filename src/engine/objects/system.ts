import { type Json, number, record, records, text } from '../../base/read';
import type { CallOptions, Engine } from '../connection/engine';
import { isEngineError } from '../errors';
import { dataUsage } from './dataUsage';

export { identify } from '../connection/identity';

/** `GET /info`, as the engine gives it. */
export async function info(engine: Engine, options: CallOptions = {}): Promise<Json> {
  return record(await engine.client.read({ path: '/info', signal: options.signal }));
}

/** `GET /version`, as the engine gives it. */
export async function version(engine: Engine, options: CallOptions = {}): Promise<Json> {
  return record(await engine.client.read({ path: '/version', signal: options.signal }));
}

/** A plugin that is installed on the engine. */
export interface Plugin {
  name: string;
  enabled: boolean;
}

/** `GET /plugins`. Empty on engines that know no plugins, such as Podman. */
export async function plugins(engine: Engine, options: CallOptions = {}): Promise<Plugin[]> {
  try {
    const answer = records(await engine.client.read({ path: '/plugins', signal: options.signal }));
    return answer.map(entry => ({ name: text(entry['Name']), enabled: entry['Enabled'] === true }));
  } catch (error) {
    if (isEngineError(error, 'notFound', 'unsupported')) return [];
    throw error;
  }
}

/** How much of the engine's disk one kind of object takes, in bytes. */
export interface DiskUseOf {
  count: number;
  size: number;
  /** How much a prune of everything unused would free. */
  reclaimable: number;
}

export interface DiskUse {
  images: DiskUseOf;
  containers: DiskUseOf;
  volumes: DiskUseOf;
  buildCache: DiskUseOf;
}

/** `GET /system/df`, summed as `docker system df` does. Slow on engines that hold much. */
export async function diskUse(engine: Engine, options: CallOptions = {}): Promise<DiskUse> {
  const answer = await dataUsage(engine, ['container', 'image', 'volume', 'build-cache'], options);
  const images = records(answer['Images']);
  const total = number(answer['LayersSize']) ?? 0;
  const layers = total > 0 ? total : ownLayers(images); // Podman has no total.
  const volumes = records(answer['Volumes']);
  return {
    images: {
      count: images.length,
      size: layers,
      reclaimable: layers - ownLayers(images.filter(isUsed)),
    },
    containers: sum(
      records(answer['Containers']),
      entry => number(entry['SizeRw']),
      entry => !['running', 'paused', 'restarting'].includes(text(entry['State'])),
    ),
    volumes: sum(
      volumes,
      entry => number(record(entry['UsageData'])['Size']),
      entry => number(record(entry['UsageData'])['RefCount']) === 0,
    ),
    buildCache: sum(
      records(answer['BuildCache']).filter(entry => entry['Shared'] !== true),
      entry => number(entry['Size']),
      entry => entry['InUse'] !== true,
    ),
  };
}

function isUsed(image: Json): boolean {
  return (number(image['Containers']) ?? 0) > 0;
}

/** The layers that belong to one image only. As in docker's own sum, layers that several images share do not count. */
function ownLayers(images: readonly Json[]): number {
  return images.reduce((total, image) => {
    const size = number(image['Size']) ?? 0;
    const shared = number(image['SharedSize']) ?? -1;
    return size < 0 || shared < 0 ? total : total + size - shared;
  }, 0);
}

function sum(
  entries: readonly Json[],
  size: (entry: Json) => number | undefined,
  reclaimable: (entry: Json) => boolean,
): DiskUseOf {
  const bytes = (some: readonly Json[]): number =>
    some.reduce((total, entry) => total + Math.max(0, size(entry) ?? 0), 0);
  return { count: entries.length, size: bytes(entries), reclaimable: bytes(entries.filter(reclaimable)) };
}

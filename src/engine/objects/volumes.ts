import { type Json, number, record, records, text, textMap } from '../../base/read';
import { atLeast } from '../connection/apiVersion';
import type { CallOptions, Engine } from '../connection/engine';
import { dataUsage } from './dataUsage';
import { pruneReport, type PruneReport } from './prune';
import { none, type ResourceKind, type Row } from './resource';

/** A volume as its row shows it. Its id is its name. The containers' rows say who uses it. */
export interface Volume extends Row {
  name: string;
  driver: string;
  mountpoint: string;
  scope: string;
  /** Milliseconds since the epoch; 0 when the driver does not say. */
  created: number;
  labels: Readonly<Record<string, string>>;
  options: Readonly<Record<string, string>>;
  /** It was made without a name, for one container. */
  anonymous: boolean;
}

export const volumeKind: ResourceKind<Volume> = {
  events: [
    {
      type: 'volume',
      actions: ['create', 'destroy', 'prune'],
      podman: { remove: 'destroy' },
      idAttribute: 'name',
    },
  ],
  async list(engine, ids, signal) {
    const query = { filters: ids && { name: ids } };
    const answer = record(await engine.client.read({ path: '/volumes', query, signal }));
    return records(answer['Volumes']).map(volumeRow);
  },
  touchedBy({ type, action, id }) {
    if (type !== 'volume') return none;
    if (action === 'prune') return 'all';
    return (action === 'create' || action === 'destroy') && id ? [id] : none;
  },
};

/** A row of `GET /volumes`. */
export function volumeRow(entry: Json): Volume {
  const name = text(entry['Name']);
  const labels = textMap(entry['Labels']);
  return {
    id: name,
    name,
    driver: text(entry['Driver']),
    mountpoint: text(entry['Mountpoint']),
    scope: text(entry['Scope']),
    created: Date.parse(text(entry['CreatedAt'])) || 0,
    labels,
    options: textMap(entry['Options']),
    anonymous: 'com.docker.volume.anonymous' in labels || hasAnonymousName(name),
  };
}

/** Whether the engine made the name up: 64 hexadecimal digits. */
export function hasAnonymousName(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

const at = (name: string): string => `/volumes/${encodeURIComponent(name)}`;

/** `GET /volumes/{name}`, as the engine gives it. */
export async function inspect(engine: Engine, name: string, options: CallOptions = {}): Promise<Json> {
  return record(await engine.client.read({ path: at(name), signal: options.signal }));
}

export interface CreateVolumeOptions extends CallOptions {
  /** The engine invents one when not given. */
  name?: string | undefined;
  /** `local` when not given. */
  driver?: string | undefined;
  driverOptions?: Readonly<Record<string, string>>;
  labels?: Readonly<Record<string, string>>;
}

/** `POST /volumes/create`: the volume's name. A volume that exists already stays as it is, which is no error. */
export async function create(engine: Engine, options: CreateVolumeOptions = {}): Promise<string> {
  const { name, driver = 'local', driverOptions, labels, signal } = options;
  const body = { Name: name, Driver: driver, DriverOpts: driverOptions, Labels: labels };
  return text(record(await engine.client.call({ method: 'POST', path: '/volumes/create', body, signal }))['Name']);
}

/** `DELETE /volumes/{name}`. */
export async function remove(
  engine: Engine,
  name: string,
  options: CallOptions & { force?: boolean } = {},
): Promise<void> {
  const query = { force: options.force };
  await engine.client.call({ method: 'DELETE', path: at(name), query, signal: options.signal });
}

/**
 * `POST /volumes/prune`: removes the anonymous volumes that no container uses, or with `all` the named ones too.
 * Engines before API 1.42 always remove both: ask {@link prunesNamedVolumes} first.
 */
export async function prune(engine: Engine, options: CallOptions & { all?: boolean } = {}): Promise<PruneReport> {
  const query = options.all && !prunesNamedVolumes(engine) ? { filters: { all: ['true'] } } : {};
  const answer = await engine.client.call({ method: 'POST', path: '/volumes/prune', query, signal: options.signal });
  return pruneReport(answer, 'VolumesDeleted');
}

/** Whether this engine's prune removes unused named volumes in any case. */
export function prunesNamedVolumes(engine: Engine): boolean {
  return engine.identity.flavour === 'podman' || !atLeast(engine.identity.apiVersion, '1.42');
}

/** How much of the engine's disk a volume takes, in bytes: `GET /system/df`, which is slow. Undefined where it is unknown. */
export async function size(engine: Engine, name: string, options: CallOptions = {}): Promise<number | undefined> {
  const answer = await dataUsage(engine, ['volume'], options);
  const volume = records(answer['Volumes']).find(entry => text(entry['Name']) === name);
  const bytes = number(record(volume?.['UsageData'])['Size']) ?? -1;
  return bytes < 0 ? undefined : bytes;
}

import { type Json, record, records, text, textMap } from '../../base/read';
import type { CallOptions, Engine } from '../connection/engine';
import type { EngineIdentity } from '../connection/identity';
import { pruneReport, type PruneReport } from './prune';
import { none, type ResourceKind, type Row } from './resource';

export interface Subnet {
  subnet: string;
  gateway: string;
}

/** A network as its row shows it. The containers' rows say who is attached. */
export interface Network extends Row {
  name: string;
  driver: string;
  scope: string;
  internal: boolean;
  attachable: boolean;
  subnets: readonly Subnet[];
  /** Milliseconds since the epoch. */
  created: number;
  labels: Readonly<Record<string, string>>;
  /** The engine made it itself, and does not remove it. */
  predefined: boolean;
}

/** Docker makes these and refuses their names to others. Podman makes only its own; to it the rest are modes. */
const predefined = new Set(['bridge', 'host', 'none']);
const podmanDefault = 'podman';

export const networkKind: ResourceKind<Network> = {
  events: [
    { type: 'network', actions: ['create', 'update', 'remove', 'destroy', 'prune'] },
    { type: 'container', actions: ['create', 'start', 'destroy'] },
  ],
  async list(engine, ids, signal) {
    const query = { filters: ids && { id: ids } };
    const answer = await engine.client.read({ path: '/networks', query, signal });
    return records(answer).map(entry => networkRow(entry, engine.identity.flavour));
  },
  touchedBy({ type, action, id }, { flavour }) {
    if (type === 'container') return flavour === 'podman' && comesOrGoes(action) ? 'all' : none;
    if (type !== 'network') return none;
    if (action === 'prune') return 'all';
    return action === 'connect' || action === 'disconnect' || !id ? none : [id];
  },
};

/** Podman sends no event for a network; those that are made for containers come and go with them. */
function comesOrGoes(action: string): boolean {
  return action === 'create' || action === 'start' || action === 'destroy';
}

/** A row of `GET /networks`. */
export function networkRow(entry: Json, flavour: EngineIdentity['flavour']): Network {
  const name = text(entry['Name']);
  return {
    id: text(entry['Id']),
    name,
    driver: text(entry['Driver']),
    scope: text(entry['Scope']),
    internal: entry['Internal'] === true,
    attachable: entry['Attachable'] === true,
    subnets: records(record(entry['IPAM'])['Config']).map(pool => ({
      subnet: text(pool['Subnet']),
      gateway: text(pool['Gateway']),
    })),
    created: Date.parse(text(entry['Created'])) || 0,
    labels: textMap(entry['Labels']),
    predefined: isPredefined(name, flavour) || entry['Ingress'] === true,
  };
}

function isPredefined(name: string, flavour: EngineIdentity['flavour']): boolean {
  return predefined.has(name) || (flavour === 'podman' && name === podmanDefault);
}

const at = (id: string): string => `/networks/${encodeURIComponent(id)}`;

/** `GET /networks/{id}`, as the engine gives it. */
export async function inspect(engine: Engine, id: string, options: CallOptions = {}): Promise<Json> {
  return record(await engine.client.read({ path: at(id), signal: options.signal }));
}

export interface CreateNetworkOptions extends CallOptions {
  name: string;
  /** `bridge`, the engine's default, when not given. */
  driver?: string | undefined;
  /** CIDR; the engine chooses one when not given. */
  subnet?: string | undefined;
  gateway?: string | undefined;
  internal?: boolean;
  attachable?: boolean;
  labels?: Readonly<Record<string, string>>;
}

/** `POST /networks/create`: the new network's id. Every engine refuses a name that is taken. */
export async function create(engine: Engine, options: CreateNetworkOptions): Promise<string> {
  const { name, driver, subnet, gateway, internal, attachable, labels, signal } = options;
  const body = {
    Name: name,
    Driver: driver,
    CheckDuplicate: true,
    Internal: internal ?? false,
    Attachable: attachable ?? false,
    Labels: labels,
    IPAM: subnet === undefined ? undefined : { Config: [{ Subnet: subnet, Gateway: gateway }] },
  };
  return text(record(await engine.client.call({ method: 'POST', path: '/networks/create', body, signal }))['Id']);
}

/** `DELETE /networks/{id}`. */
export async function remove(engine: Engine, id: string, options: CallOptions = {}): Promise<void> {
  await engine.client.call({ method: 'DELETE', path: at(id), signal: options.signal });
}

/** `POST /networks/prune`: removes all networks that no container uses. */
export async function prune(engine: Engine, options: CallOptions = {}): Promise<PruneReport> {
  const answer = await engine.client.call({ method: 'POST', path: '/networks/prune', signal: options.signal });
  return pruneReport(answer, 'NetworksDeleted');
}

import type { Rows } from '../../../src/engine/mirror/kinds';
import type { Api } from '../../support/engines/rawEngine';

/** The rows of the mirror as they should be, read from the engine's own lists and inspections by other code. */
export type FreshRows = Record<keyof Rows, Map<string, object>>;

interface RawContainer {
  Id: string;
  Image: string;
  ImageID: string;
  Command: string;
  Created: number;
  State: string;
  Ports: { IP?: string; PrivatePort: number; PublicPort?: number; Type: string }[];
  NetworkSettings: { Networks: Record<string, { NetworkID: string; IPAddress: string; GlobalIPv6Address: string }> };
  Mounts: { Type: string; Name?: string; Source: string; Destination: string; RW: boolean }[];
  Labels: Record<string, string>;
}

interface RawState {
  Name: string;
  State: { ExitCode: number; StartedAt: string; FinishedAt: string; Health?: { Status: string } };
}

interface RawImage {
  Id: string;
  ParentId: string;
  RepoTags: string[] | null;
  RepoDigests: string[] | null;
  Created: number;
  Size: number;
  Labels: Record<string, string> | null;
}

interface RawNetwork {
  Id: string;
  Name: string;
  Driver: string;
  Scope: string;
  Internal: boolean;
  Attachable: boolean;
  Created: string;
  IPAM: { Config: { Subnet?: string; Gateway?: string }[] | null };
  Labels: Record<string, string> | null;
}

interface RawVolume {
  Name: string;
  Driver: string;
  Mountpoint: string;
  Scope: string;
  CreatedAt: string;
  Labels: Record<string, string> | null;
  Options: Record<string, string> | null;
}

/** Lists everything, and inspects each container. */
export async function freshRows(api: Api): Promise<FreshRows> {
  const containers = (await api('GET', '/containers/json?all=1')) as RawContainer[];
  const states = await Promise.all(
    containers.map(({ Id }) => api('GET', `/containers/${Id}/json`) as Promise<RawState>),
  );
  const images = (await api('GET', '/images/json')) as RawImage[];
  const networks = (await api('GET', '/networks')) as RawNetwork[];
  const { Volumes } = (await api('GET', '/volumes')) as { Volumes: RawVolume[] | null };
  return {
    container: new Map(containers.map((entry, index) => [entry.Id, container(entry, states[index])])),
    image: new Map(images.map(entry => [entry.Id, image(entry)])),
    network: new Map(networks.map(entry => [entry.Id, network(entry)])),
    volume: new Map((Volumes ?? []).map(entry => [entry.Name, volume(entry)])),
  };
}

/** A row of the mirror in the form of the fresh ones: without order and without what is undefined. */
export function comparable(row: object): object {
  return JSON.parse(
    JSON.stringify(row, (key, value: unknown) => {
      if (key === 'since') return undefined;
      return Array.isArray(value) && key !== 'subnets' ? value.map(item => JSON.stringify(item)).sort() : value;
    }),
  ) as object;
}

/** When the container last started or ended, by its inspection; undefined when it did neither. */
export async function exactSince(api: Api, id: string, state: string): Promise<number | undefined> {
  const { State } = (await api('GET', `/containers/${id}/json`)) as RawState;
  if (state === 'running' || state === 'paused') return Date.parse(State.StartedAt);
  return state === 'exited' ? Date.parse(State.FinishedAt) : undefined;
}

function container(entry: RawContainer, inspected: RawState | undefined): object {
  const { Id, Image, ImageID, Command, Created, State, Ports, NetworkSettings, Mounts, Labels } = entry;
  const project = Labels['com.docker.compose.project'];
  const service = Labels['com.docker.compose.service'];
  return comparable({
    id: Id,
    name: inspected?.Name.slice(1),
    image: Image,
    imageId: ImageID,
    command: Command,
    created: Created * 1000,
    state: State,
    health: State === 'running' ? inspected?.State.Health?.Status : undefined,
    exitCode: State === 'exited' ? inspected?.State.ExitCode : undefined,
    ports: Ports.map(port => ({
      ip: port.IP,
      privatePort: port.PrivatePort,
      publicPort: port.PublicPort,
      protocol: port.Type,
    })),
    networks: Object.entries(NetworkSettings.Networks).map(([name, endpoint]) => ({
      network: name,
      networkId: endpoint.NetworkID,
      address: endpoint.IPAddress,
      address6: endpoint.GlobalIPv6Address,
    })),
    mounts: Mounts.map(mount => ({
      type: mount.Type,
      volume: mount.Name ?? '',
      source: mount.Source,
      destination: mount.Destination,
      readOnly: !mount.RW,
    })),
    labels: Labels,
    compose:
      project === undefined
        ? undefined
        : { project, service, number: '', oneOff: false, workingDir: '', configFiles: [] },
  });
}

function image({ Id, ParentId, RepoTags, RepoDigests, Created, Size, Labels }: RawImage): object {
  const named = (names: string[] | null): string[] => (names ?? []).filter(name => !name.includes('<none>'));
  const rest = { parent: ParentId, created: Created * 1000, size: Size, labels: Labels ?? {} };
  return comparable({ id: Id, tags: named(RepoTags), digests: named(RepoDigests), ...rest });
}

function network(entry: RawNetwork): object {
  return comparable({
    id: entry.Id,
    name: entry.Name,
    driver: entry.Driver,
    scope: entry.Scope,
    internal: entry.Internal,
    attachable: entry.Attachable,
    subnets: (entry.IPAM.Config ?? []).map(({ Subnet = '', Gateway = '' }) => ({ subnet: Subnet, gateway: Gateway })),
    created: new Date(entry.Created).getTime(),
    labels: entry.Labels ?? {},
    predefined: ['bridge', 'host', 'none'].includes(entry.Name),
  });
}

function volume(entry: RawVolume): object {
  return comparable({
    id: entry.Name,
    name: entry.Name,
    driver: entry.Driver,
    mountpoint: entry.Mountpoint,
    scope: entry.Scope,
    created: new Date(entry.CreatedAt).getTime(),
    labels: entry.Labels ?? {},
    options: entry.Options ?? {},
    anonymous: entry.Name.length === 64,
  });
}

import { fromSeconds, type Json, number, oneOf, record, records, text, textMap, texts } from '../../../base/read';
import { imageId } from '../images/reference';
import type { Row } from '../resource';
import { estimateAge } from './age';
import { type Compose, composeOf } from './compose';

const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;
export type ContainerState = (typeof states)[number];
export type Health = 'starting' | 'healthy' | 'unhealthy';

export interface Port {
  /** The host's address; undefined when the port is not published. */
  ip: string | undefined;
  privatePort: number;
  publicPort: number | undefined;
  protocol: string;
}

export interface Attachment {
  network: string;
  networkId: string;
  /** IPv4 address within the network; empty while the container does not run. */
  address: string;
  address6: string;
}

export interface Mount {
  type: string;
  /** A volume's name; empty for other mounts. */
  volume: string;
  source: string;
  destination: string;
  readOnly: boolean;
}

/** A container as its row shows it. */
export interface Container extends Row {
  name: string;
  image: string;
  imageId: string;
  command: string;
  /** Milliseconds since the epoch. */
  created: number;
  state: ContainerState;
  health: Health | undefined;
  exitCode: number | undefined;
  /**
   * When it last started (running, paused) or ended (exited), in milliseconds since the epoch. The engine lists only
   * rounded words (“Up 5 minutes”): this is exact for fresh containers, and within one rounding step for older ones.
   */
  since: number | undefined;
  ports: readonly Port[];
  networks: readonly Attachment[];
  mounts: readonly Mount[];
  labels: Readonly<Record<string, string>>;
  compose: Compose | undefined;
}

/** Whether the container has processes: `docker ps` lists these without `--all`. */
export function isAlive({ state }: Pick<Container, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** A row of `GET /containers/json`. */
export function containerRow(entry: Json, now: number): Container {
  const labels = textMap(entry['Labels']);
  const status = text(entry['Status']);
  const state = oneOf(entry['State'], states, 'created');
  const age = estimateAge(status);
  return {
    id: text(entry['Id']),
    name: containerName(texts(entry['Names'])),
    image: text(entry['Image']),
    imageId: imageId(text(entry['ImageID'])),
    command: typeof entry['Command'] === 'string' ? entry['Command'] : texts(entry['Command']).join(' '),
    created: createdMs(entry['Created']),
    state,
    health: healthOf(status),
    exitCode: state === 'exited' || state === 'restarting' || state === 'dead' ? exitCodeOf(status, entry) : undefined,
    since: age === undefined ? startedAt(entry) : now - age,
    ports: portsOf(entry['Ports']),
    networks: attachmentsOf(record(entry['NetworkSettings'])['Networks']),
    mounts: mountsOf(entry['Mounts']),
    labels,
    compose: composeOf(labels),
  };
}

/** The container's own name. Links give it further names, which have a slash inside. */
function containerName(names: readonly string[]): string {
  const bare = names.map(name => name.replace(/^\//, ''));
  return bare.find(name => !name.includes('/')) ?? bare[0] ?? '';
}

/** Docker sends seconds, Podman seconds or an RFC 3339 time. */
function createdMs(value: unknown): number {
  return fromSeconds(value) ?? (Date.parse(text(value)) || 0);
}

/** Podman lists `StartedAt` in seconds where its Status has no age. */
function startedAt(entry: Json): number | undefined {
  const ms = fromSeconds(entry['StartedAt']);
  return ms === undefined || ms <= 0 ? undefined : ms;
}

function healthOf(status: string): Health | undefined {
  const word = /\((healthy|unhealthy|health: starting)\)/.exec(status)?.[1];
  if (word === undefined) return undefined;
  return word === 'healthy' || word === 'unhealthy' ? word : 'starting';
}

function exitCodeOf(status: string, entry: Json): number | undefined {
  const code = /^(?:Exited|Restarting) \((-?\d+)\)/.exec(status)?.[1];
  return code === undefined ? number(entry['ExitCode']) : Number(code);
}

function portsOf(value: unknown): Port[] {
  const ports = records(value).map(port => ({
    ip: text(port['IP']) || undefined,
    privatePort: number(port['PrivatePort']) ?? 0,
    publicPort: nonZero(number(port['PublicPort'])),
    protocol: text(port['Type']) || 'tcp',
  }));
  return ports.sort(
    (a, b) =>
      a.privatePort - b.privatePort ||
      a.protocol.localeCompare(b.protocol) ||
      (a.publicPort ?? 0) - (b.publicPort ?? 0) ||
      (a.ip ?? '').localeCompare(b.ip ?? ''),
  );
}

function nonZero(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

function attachmentsOf(value: unknown): Attachment[] {
  const networks = record(value);
  return Object.keys(networks)
    .map(network => {
      const endpoint = record(networks[network]);
      return {
        network,
        networkId: text(endpoint['NetworkID']),
        address: text(endpoint['IPAddress']),
        address6: text(endpoint['GlobalIPv6Address']),
      };
    })
    .sort((a, b) => a.network.localeCompare(b.network));
}

/** The engine lists mounts in an order that changes from answer to answer. */
function mountsOf(value: unknown): Mount[] {
  return records(value)
    .map(mountOf)
    .sort((a, b) => a.destination.localeCompare(b.destination));
}

function mountOf(mount: Json): Mount {
  const type = text(mount['Type']) || 'bind';
  return {
    type,
    volume: type === 'volume' ? text(mount['Name']) : '',
    source: text(mount['Source']),
    destination: text(mount['Destination']),
    readOnly: mount['RW'] === false,
  };
}

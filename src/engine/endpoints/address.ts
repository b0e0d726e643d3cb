import type { AddressProblem } from '../errorCodes';
import { EngineError } from '../errors';

/** Where an engine listens. It is plain data and holds no secret. */
export type Address = { kind: 'unix'; path: string } | { kind: 'npipe'; path: string } | TcpAddress | SshAddress;

export interface TcpAddress {
  kind: 'tcp';
  host: string;
  port: number;
  /** Without it the connection is not encrypted. */
  tls?: TlsFiles;
}

export interface SshAddress {
  kind: 'ssh';
  /** A host name, or an alias in ssh's own configuration. */
  host: string;
  user?: string;
  port?: number;
  /** The engine's socket on that host. Without it: Docker's usual one. */
  path?: string;
}

/** Paths of PEM files, which are read again for each connection. Without `ca` the system's authorities are trusted. */
export interface TlsFiles {
  ca?: string;
  cert?: string;
  key?: string;
  /** Accepts any server certificate: the connection is encrypted, but anybody may pose as the engine. */
  skipVerify: boolean;
}

const unencryptedPort = 2375;
const encryptedPort = 2376;

/**
 * Reads `unix://`, `npipe://`, `tcp://`, `http://`, `https://` and `ssh://` addresses, a bare path, and a bare
 * `host:port`. `tls` applies to TCP, as in docker's own client. Throws an EngineError (invalid, unsupported).
 */
export function parseAddress(text: string, tls?: TlsFiles): { address: Address; url: string } {
  if (text.startsWith('/')) return { address: { kind: 'unix', path: text }, url: `unix://${text}` };
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/s.exec(text) ?? [];
  switch (scheme) {
    case 'unix':
      if (!rest.startsWith('/')) throw invalid(text, 'socketPath');
      return { address: { kind: 'unix', path: rest }, url: text };
    case 'npipe':
      if (!rest) throw invalid(text, 'pipeName');
      return { address: { kind: 'npipe', path: rest }, url: text };
    case 'tcp':
    case 'http':
      return { address: tcpAddress(text, rest, tls), url: `tcp://${rest}` };
    case 'https':
      return { address: tcpAddress(text, rest, tls ?? { skipVerify: false }), url: text };
    case 'ssh':
      return { address: sshAddress(text, rest), url: text };
    default:
      throw new EngineError('unsupported', { code: 'schemeUnsupported', text, scheme });
  }
}

function tcpAddress(text: string, rest: string, tls: TlsFiles | undefined): TcpAddress {
  const url = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
  if (!url?.hostname || url.pathname !== '/' || url.username || url.password || url.search || url.hash) {
    throw invalid(text, 'tcpForm');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const usual = tls ? encryptedPort : unencryptedPort;
  const port = url.port ? Number(url.port) : /:80\/?$/.test(rest) ? 80 : usual;
  return { kind: 'tcp', host, port, ...(tls && { tls }) };
}

/**
 * What ssh itself refuses in names: characters that mean something to a shell, as configured commands may contain
 * names.
 */
const unsafeName = /^-|[\s'"`$\\;&<>|(){}\p{Cc}]/u;

function sshAddress(text: string, rest: string): SshAddress {
  const [, login, bracketed, plain, port, path] =
    /^(?:([^@/]*)@)?(?:\[([^\]/]+)\]|([^@:/?#[\]%]+))(?::(\d{1,5}))?(\/[^?#]*)?$/.exec(rest) ?? [];
  if (login?.includes(':')) throw invalid(rest.replace(/:.*@/, '@'), 'sshPassword');
  const host = bracketed?.replace('%25', '%') ?? plain ?? '';
  const user = decoded(login);
  const number = port === undefined ? undefined : Number(port);
  const wrong = unsafeName.test(host) || (user !== undefined && (user === '' || unsafeName.test(user)));
  if (!host || wrong || (number !== undefined && (number === 0 || number > 65_535))) {
    throw invalid(text, 'sshForm');
  }
  const socket = decoded(path === '/' ? undefined : path);
  if (socket !== undefined && /\p{Cc}/u.test(socket)) throw invalid(text, 'sshSocketPath');
  return {
    kind: 'ssh',
    host,
    ...(user !== undefined && { user }),
    ...(number !== undefined && { port: number }),
    ...(socket !== undefined && { path: socket }),
  };
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return text;
  }
}

function invalid(text: string, problem: AddressProblem): EngineError {
  return new EngineError('invalid', { code: 'addressInvalid', text, problem });
}

/** Whether others on the network can read and change what is sent: TCP without encryption to another machine. */
export function isUnencrypted(address: Address): boolean {
  return address.kind === 'tcp' && !address.tls && !isLoopback(address.host);
}

/** Whether a name or address is this machine's own. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|::1|::ffff:(?:127\.|7f[\da-f]{2}:).*)$/.test(name);
}

/** A short name for an address that has no other name: `build.local:2376`, `ada@build.local`, `/run/docker.sock`. */
export function shortName(address: Address): string {
  switch (address.kind) {
    case 'unix':
    case 'npipe':
      return address.path;
    case 'tcp':
      return `${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
    case 'ssh':
      return `${address.user === undefined ? '' : `${address.user}@`}${address.host}${address.port === undefined ? '' : `:${address.port}`}`;
  }
}

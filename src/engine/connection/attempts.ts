import { existsSync } from 'node:fs';
import { DeadlineError } from '../../base/abort';
import type { Endpoint } from '../endpoints/endpoint';
import { type EngineError, errorCode } from '../errors';
import type { SshAccess } from '../transport/sshAccess';

/** One endpoint that was tried, and why it gave no engine. */
export interface Attempt {
  endpoint: Endpoint;
  error: EngineError;
}

/**
 * Why no engine answers: the first kind that fits the attempts. `denied` is about a socket of this machine, `login`
 * about ssh or TLS, where one side does not trust the other.
 */
export type UnreachableReason = 'absent' | 'denied' | 'login' | 'hung' | 'refused' | 'misconfigured';

/** Stands for an endpoint that could not be read. The error of the attempt names it. */
export const unreadableEndpoint: Endpoint = {
  address: { kind: 'unix', path: '' },
  url: '',
  source: 'setting',
  name: '',
  id: '',
};

/** Whether another attempt costs little: over ssh, only one that needs neither a login nor a command on the host. */
export function isCheap({ endpoint: { address } }: Attempt, ssh: SshAccess): boolean {
  return address.kind !== 'ssh' || ssh.forwards(address);
}

/**
 * Whether trying again soon is of no use: either the socket's file is missing or dead, and a watch tells when it is
 * made, or the endpoint may not be used, which does not change by itself.
 */
export function isAbsent({ endpoint: { address }, error }: Attempt): boolean {
  const code = errorCode(error);
  return error.kind !== 'unreachable' || (address.kind === 'unix' && (code === 'ENOENT' || code === 'ECONNREFUSED'));
}

/** Whether a socket was missing when it was tried and is there now: it may have come before its folder was watched. */
export function appearedMeanwhile({ endpoint: { address }, error }: Attempt): boolean {
  return address.kind === 'unix' && errorCode(error) === 'ENOENT' && existsSync(address.path);
}

/**
 * Why none of the attempts gave an engine. The folder of root's Podman is closed to others, whether an engine listens
 * there or not: that attempt does not count as denied.
 */
export function reasonOf(attempts: readonly Attempt[]): UnreachableReason {
  if (attempts.some(({ error }) => error.cause instanceof DeadlineError)) return 'hung';
  const denied = attempts.find(
    ({ endpoint, error }) =>
      error.kind === 'unauthorized' && !(endpoint.source === 'default' && endpoint.url.includes('/run/podman/')),
  );
  if (denied) return ['unix', 'npipe'].includes(denied.endpoint.address.kind) ? 'denied' : 'login';
  return attempts.some(({ error }) => error.kind === 'unsupported') ? 'refused' : 'absent';
}

import { existsSync } from 'node:fs';
import { DeadlineError } from '../../base/abort';
import type { Endpoint } from '../endpoints/endpoint';
import { type EngineError, errorCode } from '../errors';
import type { SshAccess } from '../transport/sshAccess';

/** One endpoint that was tried, and why it did not serve. */
export interface Attempt {
  endpoint: Endpoint;
  error: EngineError;
}

/**
 * Why no engine answers: the first kind that fits what was tried. A socket of this machine denies; a login through ssh or
 * TLS fails on what either side will not trust.
 */
export type UnreachableReason = 'absent' | 'denied' | 'login' | 'hung' | 'refused' | 'misconfigured';

/** Stands for an endpoint that could not even be read: its error names it. */
export const unreadableEndpoint: Endpoint = {
  address: { kind: 'unix', path: '' },
  url: '',
  source: 'setting',
  name: '',
  id: '',
};

/** Whether a look costs little: another login through ssh does not, nor a command on its host. */
export function isCheap({ endpoint: { address } }: Attempt, ssh: SshAccess): boolean {
  return address.kind !== 'ssh' || ssh.forwards(address);
}

/** Nobody listened on a socket's file, or it may not be used: an end of that is told, or will not come by itself. */
export function isAbsent({ endpoint: { address }, error }: Attempt): boolean {
  const code = errorCode(error);
  return error.kind !== 'unreachable' || (address.kind === 'unix' && (code === 'ENOENT' || code === 'ECONNREFUSED'));
}

/** A socket that was not there when it was dialled, and is there now that its folder is watched. */
export function appearedMeanwhile({ endpoint: { address }, error }: Attempt): boolean {
  return address.kind === 'unix' && errorCode(error) === 'ENOENT' && existsSync(address.path);
}

/**
 * Why none of them serves. A folder of root's Podman is closed to others whether or not an engine listens in it: that tells
 * nothing.
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

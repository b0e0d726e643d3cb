import { shellLine } from '../../../base/shell';
import type { SshAddress } from '../../endpoints/address';

/** Where Docker listens on the other host when the address does not say. */
export const usualSocket = '/var/run/docker.sock';

const common = [
  ...['-T', '-a', '-x'],
  ...['ConnectTimeout=20', 'ServerAliveInterval=15', 'ServerAliveCountMax=3', 'LogLevel=INFO', 'RemoteCommand=none'],
  ...['PermitLocalCommand=no', 'ClearAllForwardings=yes'],
].flatMap(word => (word.includes('=') ? ['-o', word] : [word]));

/** Has ssh tell its own configuration for a host, without connecting. */
export function configurationArguments(address: SshAddress, more: readonly string[]): string[] {
  return [...more, '-G', ...destination(address)];
}

/** A host that is not known is refused where nobody is asked. */
const known = ['-o', 'StrictHostKeyChecking=yes'];

/**
 * The login that all connections share. It runs nothing on the host; whoever asks answers through SSH_ASKPASS, unless
 * `strict` also about a host that is not known.
 */
export function loginArguments(
  address: SshAddress,
  control: string,
  { strict, more }: { strict: boolean; more: readonly string[] },
): string[] {
  const own = ['-M', '-S', control, '-N', '-o', 'ControlPersist=no', '-o', 'BatchMode=no'];
  const hostKeys = strict ? known : ['-o', 'StrictHostKeyChecking=ask'];
  return [...more, ...common, ...hostKeys, ...own, ...destination(address)];
}

/** Has a shared login connect a socket's path here with one on the host. */
export function forwardArguments(
  address: SshAddress,
  control: string,
  local: string,
  more: readonly string[],
): string[] {
  const escaped = (address.path ?? usualSocket).replace(/[\\:]/g, String.raw`\$&`);
  return [...more, '-S', control, '-O', 'forward', '-L', `${local}:${escaped}`, ...destination(address)];
}

/** Has the host answer over a shared login, and over no other: without that one ssh itself fails. */
export function checkArguments(address: SshAddress, control: string, more: readonly string[]): string[] {
  const own = ['-n', '-S', control, '-o', 'BatchMode=yes', '-o', 'ProxyCommand=false'];
  return [...more, ...common, ...known, ...own, ...destination(address), 'exit 0'];
}

/**
 * One connection to the engine by docker's own command on the host: over a shared login, or without one as a login of its
 * own, which may not ask anything.
 */
export function stdioArguments(address: SshAddress, control: string | undefined, more: readonly string[]): string[] {
  const own = control === undefined ? ['-o', 'BatchMode=yes', '-o', 'ControlPath=none'] : ['-S', control];
  const host = address.path === undefined ? [] : ['--host', `unix://${address.path}`];
  const command = shellLine(['docker', ...host, 'system', 'dial-stdio']);
  return [...more, ...common, ...known, ...own, ...destination(address), command];
}

function destination({ host, user, port }: SshAddress): string[] {
  return [
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...['--', host],
  ];
}

import { shellLine } from '../../../base/shell';
import type { SshAddress } from '../../endpoints/address';

/** Where Docker listens on the other host unless the address says otherwise. */
export const usualSocket = '/var/run/docker.sock';

const common = [
  ...['-T', '-a', '-x'],
  ...['ConnectTimeout=20', 'ServerAliveInterval=15', 'ServerAliveCountMax=3', 'LogLevel=INFO', 'RemoteCommand=none'],
  ...['PermitLocalCommand=no', 'ClearAllForwardings=yes'],
].flatMap(word => (word.includes('=') ? ['-o', word] : [word]));

/** Makes ssh print its configuration for a host without connecting. */
export function configurationArguments(address: SshAddress, more: readonly string[]): string[] {
  return [...more, '-G', ...destination(address)];
}

/** Refuses unknown hosts, where nobody can be asked. */
const known = ['-o', 'StrictHostKeyChecking=yes'];

/**
 * The login that all connections share. It runs no command on the host. Its questions go to SSH_ASKPASS; with `strict`
 * an unknown host is refused without a question.
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

/** Makes a shared login forward a local socket to one on the host. */
export function forwardArguments(
  address: SshAddress,
  control: string,
  local: string,
  more: readonly string[],
): string[] {
  const escaped = (address.path ?? usualSocket).replace(/[\\:]/g, String.raw`\$&`);
  return [...more, '-S', control, '-O', 'forward', '-L', `${local}:${escaped}`, ...destination(address)];
}

/** Runs a command that does nothing on the host, over a shared login only: without it ssh fails. */
export function checkArguments(address: SshAddress, control: string, more: readonly string[]): string[] {
  const own = ['-n', '-S', control, '-o', 'BatchMode=yes', '-o', 'ProxyCommand=false'];
  return [...more, ...common, ...known, ...own, ...destination(address), 'exit 0'];
}

/**
 * One connection to the engine through the docker command on the host. It uses a shared login, or else a login of its
 * own that may not ask questions.
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

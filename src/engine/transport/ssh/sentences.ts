import { EngineError, type EngineErrorKind } from '../../errors';

type Rule = [pattern: RegExp, kind: EngineErrorKind, sentence: (match: RegExpExecArray, where: string) => string];

/** What ssh says, most telling first: one failure brings several lines. */
const rules: readonly Rule[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/,
    'unauthorized',
    (_, where) =>
      `The host key of ${where} is another than before: somebody may be listening in, or the host was set up anew (see ssh’s known_hosts)`,
  ],
  [
    /No \S+ host key is known for (\S+) and you have requested strict checking|Host key verification failed/,
    'unauthorized',
    (_, where) => `The host key of ${where} is not known, and was not accepted`,
  ],
  [
    /open failed: (?:connect failed: )?([^\r\n]+)\s+stdio forwarding failed/,
    'unreachable',
    ([, cause], where) => `No ssh connection to ${where} from the host on the way to it: ${cause?.toLowerCase()}`,
  ],
  [
    /Could not resolve hostname ([^\s:]+)/,
    'unreachable',
    ([, host]) => `There is no host “${host}” (ssh could not resolve its name)`,
  ],
  [
    /connect to (?:host|address) (\S+) port (\d+): ([^\r\n]+)/,
    'unreachable',
    ([, host, port, cause]) => `No ssh connection to ${host} port ${port}: ${cause?.toLowerCase()}`,
  ],
  [
    /timed out during banner exchange|Connection to .* timed out|Timeout, server .* not responding/,
    'unreachable',
    (_, where) => `${where} does not answer (ssh gave up waiting)`,
  ],
  [
    /UNPROTECTED PRIVATE KEY FILE[^]*Permissions \d+ for '([^']+)'/,
    'unauthorized',
    ([, key]) => `ssh does not use the key ${key}, since others may read it`,
  ],
  [
    /Permission denied \(([^)]*)\)/,
    'unauthorized',
    ([, methods], where) => `${where} accepts none of the keys and passwords offered (${methods})`,
  ],
  [/Too many authentication failures/, 'unauthorized', (_, where) => `${where} was offered too many keys and hung up`],
  [
    /Unable to negotiate with [^:]+: ([^\r\n]+)/,
    'unreachable',
    ([, cause], where) => `${where} and ssh do not agree: ${cause}`,
  ],
  [
    /kex_exchange_identification: ([^\r\n]+)|Connection (?:closed|reset) by ([^\r\n]+)/,
    'unreachable',
    (_, where) => `${where} hung up before the ssh login was done`,
  ],
  [
    /Bad configuration option: ([^\r\n]+)/,
    'invalid',
    ([, option]) => `ssh’s configuration has an option it does not know: ${option}`,
  ],
  [
    /(?:^|\W)ssh: (?:command )?not found|spawn ssh ENOENT/,
    'invalid',
    () => 'The ssh command is not installed on this machine',
  ],
];

/** A host by the name or address that ssh has for it, or a login there, in what it says of a failure. */
const namedHost =
  /Host key for (\S+) has changed|host key is known for (\S+) and|^(\S+): Permission denied|(?:negotiate with|disconnect from|Connection to) (?!UNKNOWN)(\S+) port/m;

/** Why ssh ended, from what it wrote. `where` names the login. */
export function loginFailure(stderr: string, where: string): EngineError {
  for (const [pattern, kind, sentence] of rules) {
    const match = pattern.exec(stderr);
    if (match) return new EngineError(kind, sentence(match, failedAt(stderr, where)));
  }
  const last = stderr.trim().split(/\r?\n/).at(-1)?.slice(0, 300);
  return new EngineError(
    'unreachable',
    last ? `ssh to ${where} failed: ${last}` : `The ssh connection to ${where} ended`,
  );
}

/**
 * Where the login failed. Through a jump host, the one that waits for the way to be made knows no address of its peer, and
 * says that this hung up: what is written before that is about the host on the way.
 */
function failedAt(stderr: string, where: string): string {
  const [before, hungUp] = stderr.split('Connection closed by UNKNOWN port', 2);
  if (before === undefined || hungUp === undefined) return where;
  const name = namedHost.exec(before)?.slice(1).find(Boolean);
  if (name === undefined && !before.includes('Host key verification failed')) return where;
  return `${name ?? 'a host'} on the way to ${where}`;
}

/**
 * Why the engine is not reached though the login succeeded: from what ssh wrote about the forwarded socket, and from what
 * docker's command on the host did.
 */
export function engineFailure(forward: string, stdio: string, socket: string, where: string): EngineError {
  if (/permission denied/i.test(stdio)) {
    return new EngineError('unauthorized', `The login ${where} may not use the engine’s socket ${socket} there`);
  }
  if (!forward.includes('connect failed') && /not found|no such file.*docker$|not recognized/im.test(stdio)) {
    return new EngineError(
      'unsupported',
      `${where} does not forward sockets by ssh, and has no docker command to connect with`,
    );
  }
  if (forward.includes('connect failed') || /no such file|connection refused|cannot connect/i.test(stdio)) {
    return new EngineError(
      'unreachable',
      `No engine listens at ${socket} on ${where}, or the login may not use that socket`,
    );
  }
  const last = stdio.trim().split(/\r?\n/).at(-1)?.slice(0, 300);
  return new EngineError('unreachable', `No engine answers on ${where}${last ? `: ${last}` : ''}`);
}

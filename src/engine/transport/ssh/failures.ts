import type { Reason, SshPlace } from '../../errorCodes';
import { EngineError, type EngineErrorKind } from '../../errors';

type Rule = [pattern: RegExp, kind: EngineErrorKind, reason: (match: string[], where: SshPlace) => Reason];

/** What ssh writes about a failure. It may write several lines: the most telling rule comes first. */
const rules: readonly Rule[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/,
    'unauthorized',
    (_, where) => ({ code: 'hostKeyChanged', where }),
  ],
  [
    /No \S+ host key is known for (\S+) and you have requested strict checking|Host key verification failed/,
    'unauthorized',
    (_, where) => ({ code: 'hostKeyUnknown', where }),
  ],
  [
    /open failed: (?:connect failed: )?([^\r\n]+)\s+stdio forwarding failed/,
    'unreachable',
    ([, said = ''], where) => ({ code: 'sshConnectFailedOnTheWay', where, said }),
  ],
  [/Could not resolve hostname ([^\s:]+)/, 'unreachable', ([, host = '']) => ({ code: 'sshHostUnresolved', host })],
  [
    /connect to (?:host|address) (\S+) port (\d+): ([^\r\n]+)/,
    'unreachable',
    ([, host = '', port = '', said = '']) => ({ code: 'sshConnectFailed', host, port, said }),
  ],
  [
    /timed out during banner exchange|Connection to .* timed out|Timeout, server .* not responding/,
    'unreachable',
    (_, where) => ({ code: 'sshSilent', where }),
  ],
  [
    /UNPROTECTED PRIVATE KEY FILE[^]*Permissions \d+ for '([^']+)'/,
    'unauthorized',
    ([, key = '']) => ({ code: 'sshKeyReadableByOthers', key }),
  ],
  [
    /Permission denied \(([^)]*)\)/,
    'unauthorized',
    ([, methods = ''], where) => ({ code: 'sshRefused', where, methods }),
  ],
  [/Too many authentication failures/, 'unauthorized', (_, where) => ({ code: 'sshTooManyKeys', where })],
  [
    /Unable to negotiate with [^:]+: ([^\r\n]+)/,
    'unreachable',
    ([, said = ''], where) => ({ code: 'sshDisagrees', where, said }),
  ],
  [
    /kex_exchange_identification: ([^\r\n]+)|Connection (?:closed|reset) by ([^\r\n]+)/,
    'unreachable',
    (_, where) => ({ code: 'sshHungUp', where }),
  ],
  [/Bad configuration option: ([^\r\n]+)/, 'invalid', ([, option = '']) => ({ code: 'sshOptionUnknown', option })],
  [/(?:^|\W)ssh: (?:command )?not found|spawn ssh ENOENT/, 'invalid', () => ({ code: 'sshMissing' })],
];

/** Finds the host or login that a failure is about in what ssh wrote. */
const namedHost =
  /Host key for (\S+) has changed|host key is known for (\S+) and|^(\S+): Permission denied|(?:negotiate with|disconnect from|Connection to) (?!UNKNOWN)(\S+) port/m;

/** Why ssh ended, read from what it wrote. `where` names the login. */
export function loginFailure(stderr: string, where: string): EngineError {
  for (const [pattern, kind, reason] of rules) {
    const match = pattern.exec(stderr);
    if (match) return new EngineError(kind, reason(match, failedAt(stderr, where)));
  }
  const said = lastLine(stderr);
  return new EngineError('unreachable', said ? { code: 'sshFailed', where, said } : { code: 'sshLoginEnded', where });
}

/**
 * Where the login failed. The ssh that waits behind a jump host does not know its peer's address and writes that
 * UNKNOWN hung up. The lines before that one are about the jump host.
 */
function failedAt(stderr: string, where: string): SshPlace {
  const [before, hungUp] = stderr.split('Connection closed by UNKNOWN port', 2);
  if (before === undefined || hungUp === undefined) return { name: where };
  const name = namedHost.exec(before)?.slice(1).find(Boolean);
  if (name === undefined && !before.includes('Host key verification failed')) return { name: where };
  return { name: name ?? '', onTheWayTo: where };
}

/**
 * Why the engine is not reached although the login succeeded. `forward` is what ssh wrote about the forwarded socket,
 * `stdio` what the docker command on the host wrote.
 */
export function engineFailure(forward: string, stdio: string, socket: string, where: string): EngineError {
  if (/permission denied/i.test(stdio)) {
    return new EngineError('unauthorized', { code: 'sshSocketForbidden', where, socket });
  }
  if (!forward.includes('connect failed') && /not found|no such file.*docker$|not recognized/im.test(stdio)) {
    return new EngineError('unsupported', { code: 'sshForwardsNothing', where });
  }
  if (forward.includes('connect failed') || /no such file|connection refused|cannot connect/i.test(stdio)) {
    return new EngineError('unreachable', { code: 'sshEngineAbsent', where, socket });
  }
  return new EngineError('unreachable', { code: 'sshEngineSilent', where, said: lastLine(stdio) });
}

function lastLine(text: string): string {
  return (text.trim().split(/\r?\n/).at(-1) ?? '').slice(0, 300);
}

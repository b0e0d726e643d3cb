import type { SshAddress } from '../../endpoints/address';

/** What ssh's own configuration says about a login. */
export interface SshConfiguration {
  /** Whether ssh refuses an unknown host rather than asking about it. */
  strict: boolean;
  /** The logins to the host and to its jump hosts, as ssh names them when it asks for a password. */
  logins: ReadonlySet<string>;
}

/** How many hosts are asked about: jump hosts may form a circle. */
const mostHosts = 8;

/** @param ask makes ssh print its configuration for a host, as `ssh -G` does. */
export async function readConfiguration(
  address: SshAddress,
  ask: (address: SshAddress) => Promise<string>,
): Promise<SshConfiguration> {
  const hosts = [address];
  const all: Map<string, string>[] = [];
  for (const host of hosts) {
    const values = valuesIn(await ask(host));
    all.push(values);
    hosts.push(...jumpHosts(values.get('proxyjump') ?? '').slice(0, mostHosts - hosts.length));
  }
  return {
    strict: ['true', 'yes'].includes(all[0]?.get('stricthostkeychecking') ?? ''),
    logins: new Set(all.map(loginIn)),
  };
}

/** Reads lines of a name and a value each. */
function valuesIn(text: string): Map<string, string> {
  return new Map(
    text.split(/\r?\n/).map(line => {
      const [name = '', ...words] = line.split(' ');
      return [name, words.join(' ')];
    }),
  );
}

function loginIn(values: ReadonlyMap<string, string>): string {
  const host = values.get('hostkeyalias') ?? values.get('hostname')?.toLowerCase();
  return `${values.get('user')}@${host}`;
}

/** The hosts of `ProxyJump`: `[user@]host[:port]`, separated by commas. */
function jumpHosts(text: string): SshAddress[] {
  return text.split(',').flatMap((word): SshAddress[] => {
    const [, user, inBrackets, name, port] = /^(?:(.+)@)?(?:\[([^\]]+)\]|([^:[]+))(?::(\d+))?$/.exec(word) ?? [];
    const host = inBrackets ?? name;
    if (host === undefined) return [];
    return [
      { kind: 'ssh', host, ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) },
    ];
  });
}

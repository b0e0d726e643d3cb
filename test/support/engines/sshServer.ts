import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { onExit } from '../cleanup';
import { freePort } from '../freePort';
import { descendants, ended, findProgram, launch, run, sendSignal, systemEnvironment } from '../processes';
import { type TemporaryFolder, temporaryFolder } from '../temporaryFolder';
import { installOpenssh } from '../tools/openssh';
import { until } from '../until';

export interface SshServerOptions {
  /** More lines of its configuration. */
  config?: readonly string[];
  /** Where its sessions find programs; default the usual folders. */
  path?: string;
}

/** A private sshd on a loopback port, with its own host key. */
export interface SshServer {
  readonly port: number;
  /** `SHA256:…` of its host key. */
  readonly fingerprint: string;
  /** Its line for known_hosts. */
  readonly hostLine: string;
  /** How many TCP connections were made to it so far. */
  connections(): number;
  /** Lets a public key log in. */
  authorize(publicKey: string): Promise<void>;
  /** Ends the connections that are open; new ones are accepted. */
  cut(): void;
  /** Silences the connections that are open; new ones work. */
  silence(): void;
  dispose(): Promise<void>;
}

export async function startSshServer({
  config = [],
  path = '/usr/bin:/bin',
}: SshServerOptions = {}): Promise<SshServer> {
  await installOpenssh();
  const folder = temporaryFolder('sshd');
  const port = await freePort();
  const hostKey = await makeKey(folder.path, 'host');
  const authorized = join(folder.path, 'authorized_keys');
  await writeFile(authorized, '');
  const lines = [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${hostKey.path}`, `AuthorizedKeysFile ${authorized}`],
    ...[
      `PidFile ${join(folder.path, 'pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'LogLevel VERBOSE',
    ],
    ...['PasswordAuthentication no', 'KbdInteractiveAuthentication no', ...config],
    // A home of its own, where no start-up file of this machine's shell is read.
    `SetEnv HOME=${folder.path} PATH=${path}`,
  ];
  await writeFile(join(folder.path, 'config'), `${lines.join('\n')}\n`);
  const program = findProgram('sshd') ?? 'sshd';
  const child = launch(program, ['-D', '-e', '-f', join(folder.path, 'config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const signalAll = (signal: NodeJS.Signals): void => {
    for (const { pid } of descendants([child.pid ?? -1])) sendSignal(pid, signal);
  };
  const forget = onExit(() => {
    signalAll('SIGKILL');
    sendSignal(child.pid, 'SIGKILL');
  });
  await until('sshd listens', () => log.includes('Server listening'), { timeout: 10_000 });
  const fingerprint = (await run('ssh-keygen', ['-lf', `${hostKey.path}.pub`])).split(' ')[1] ?? '';
  return {
    port,
    fingerprint,
    hostLine: `[127.0.0.1]:${port} ${hostKey.publicKey}`,
    connections: () => log.split('Connection from ').length - 1,
    authorize: publicKey => appendFile(authorized, publicKey),
    cut: () => signalAll('SIGKILL'),
    silence: () => signalAll('SIGSTOP'),
    async dispose() {
      signalAll('SIGKILL');
      sendSignal(child.pid, 'SIGKILL');
      await ended(child);
      forget();
      folder.remove();
    },
  };
}

export interface SshKey {
  path: string;
  publicKey: string;
}

/** An ed25519 key in a file, protected by the passphrase if there is one. */
export async function makeKey(folder: string, name: string, passphrase = ''): Promise<SshKey> {
  const path = join(folder, name);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', path]);
  return { path, publicKey: await run('ssh-keygen', ['-y', '-P', passphrase, '-f', path]) };
}

/** A person's ssh configuration in a folder of its own: what ssh is given with `-F`. */
export interface SshHome {
  readonly folder: TemporaryFolder;
  /** The arguments that make ssh use it, and nothing of this machine's. */
  readonly arguments: readonly string[];
  readonly knownHosts: string;
  /** Writes the configuration: lines for each host alias. */
  configure(hosts: Readonly<Record<string, readonly string[]>>): Promise<void>;
}

export async function makeSshHome(): Promise<SshHome> {
  const folder = temporaryFolder('ssh');
  await mkdir(folder.path, { recursive: true });
  const config = join(folder.path, 'config');
  const knownHosts = join(folder.path, 'known_hosts');
  const all = [
    ...[`UserKnownHostsFile ${knownHosts}`, 'GlobalKnownHostsFile /dev/null', 'IdentitiesOnly yes'],
    ...[`User ${userInfo().username}`, 'HostName 127.0.0.1', 'UpdateHostKeys no'],
  ];
  return {
    folder,
    arguments: ['-F', config],
    knownHosts,
    async configure(hosts) {
      const blocks = Object.entries({ ...hosts, '*': all }).map(([host, lines]) =>
        [`Host ${host}`, ...lines].join('\n  '),
      );
      await writeFile(config, `${blocks.join('\n')}\n`);
    },
  };
}

/** A running ssh-agent that holds a key. */
export async function startAgent(folder: string, key: SshKey): Promise<{ socket: string; dispose(): Promise<void> }> {
  const socket = join(folder, 'agent');
  const child = launch('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  const forget = onExit(() => sendSignal(child.pid, 'SIGKILL'));
  const env = { ...systemEnvironment(), SSH_AUTH_SOCK: socket };
  await until('the agent has the key', () =>
    run('ssh-add', ['-q', key.path], { env }).then(
      () => true,
      () => false,
    ),
  );
  return {
    socket,
    async dispose() {
      sendSignal(child.pid, 'SIGKILL');
      await ended(child);
      forget();
    },
  };
}

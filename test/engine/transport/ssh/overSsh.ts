import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Connection, type ConnectionOptions } from '../../../../src/engine/connection/connection';
import type { Engine } from '../../../../src/engine/connection/engine';
import { parseEndpoint } from '../../../../src/engine/endpoints/endpoint';
import type { EngineError } from '../../../../src/engine/errors';
import type { Prompter, Question } from '../../../../src/engine/transport/ssh';
import { startEngine, type TestEngine } from '../../../support/engines/engine';
import {
  makeKey,
  makeSshHome,
  type SshHome,
  type SshKey,
  type SshServer,
  startSshServer,
} from '../../../support/engines/sshServer';
import { processTable } from '../../../support/processes';
import { until } from '../../../support/until';

/** How many requests are sent at once. */
export const parallel = 30;
export const passphrase = 'open sesame';

/** An engine that is reached over ssh, and the ssh of a person of whom nothing is known but a host, `build`. */
export interface OverSsh {
  readonly engine: TestEngine;
  readonly server: SshServer;
  /** The ssh configuration of the test that runs. */
  readonly home: SshHome;
  /** A key that the server takes, and that ssh logs in with unless a test says otherwise. */
  readonly key: SshKey;
  /** The same, protected by the passphrase. */
  readonly protectedKey: SshKey;
  /** The processes of this test's configuration. */
  sshProcesses(): unknown[];
  /** Has ssh log in to the host `build` with a key. */
  login(key: SshKey, ...more: string[]): Promise<void>;
  /** Begins to connect; what is begun ends with the test. */
  begin(options?: Beginning): Connection;
}

export interface Beginning {
  prompter?: Prompter;
  times?: ConnectionOptions['times'];
  url?: string;
}

/** The engine and the server of all tests over ssh, as each takes seconds to start and to end. */
let kept: { engine: TestEngine; server: SshServer } | undefined;

after(async () => {
  await kept?.server.dispose();
  await kept?.engine.dispose();
  kept = undefined;
});

async function startBoth(): Promise<{ engine: TestEngine; server: SshServer }> {
  const engine = await startEngine();
  await engine.loadBusybox();
  const server = await startSshServer({ path: `${dirname(engine.client)}:/usr/bin:/bin` });
  return { engine, server };
}

/** Defines tests over ssh, each with a configuration and keys of its own. */
export function overSsh(tests: (on: OverSsh) => void): void {
  describe('An engine over ssh', function () {
    this.timeout(60_000);
    let engine: TestEngine;
    let server: SshServer;
    let home: SshHome;
    let key: SshKey;
    let protectedKey: SshKey;
    let connections: Connection[];

    before(async () => {
      ({ engine, server } = kept ??= await startBoth());
    });
    beforeEach(async () => {
      connections = [];
      home = await makeSshHome();
      key = await makeKey(home.folder.path, 'key');
      protectedKey = await makeKey(home.folder.path, 'protected', passphrase);
      for (const { publicKey } of [key, protectedKey]) await server.authorize(publicKey);
      await writeFile(home.knownHosts, `${server.hostLine}\n`);
      await login(key);
    });
    afterEach(async () => {
      for (const connection of connections) connection.dispose();
      await until('no ssh is left', () => sshProcesses().length === 0, { interval: 20 });
      home.folder.remove();
    });

    const sshProcesses = (): unknown[] =>
      processTable().filter(({ command }) => command.includes(join(home.folder.path, 'config')));
    const login = ({ path }: SshKey, ...more: string[]): Promise<void> =>
      home.configure({ build: [`Port ${server.port}`, `IdentityFile ${path}`, 'IdentityAgent none', ...more] });
    const begin = ({
      prompter,
      times = { firstRetry: 50, lastRetry: 100 },
      url = `ssh://build${engine.socket}`,
    }: Beginning = {}): Connection => {
      const endpoint = parseEndpoint(url, 'setting');
      const connection = new Connection({
        candidates: () => [endpoint],
        ssh: { arguments: home.arguments, ...(prompter && { prompter }) },
        times,
      });
      connections.push(connection);
      connection.start();
      return connection;
    };

    tests({
      get engine() {
        return engine;
      },
      get server() {
        return server;
      },
      get home() {
        return home;
      },
      get key() {
        return key;
      },
      get protectedKey() {
        return protectedKey;
      },
      sshProcesses,
      login,
      begin,
    });
  });
}

export function connected(connection: Connection): Promise<Engine> {
  return until('it is connected', () => connection.engine, { timeout: 20_000 });
}

/** Why the first candidate is not reached. */
export function refused(connection: Connection): Promise<EngineError> {
  const error = (): EngineError | undefined =>
    connection.state.kind === 'unreachable' ? connection.state.attempts[0]?.error : undefined;
  return until('it is refused', error, { timeout: 20_000 });
}

/** A person who answers ssh's questions, and what that person was asked. */
export function answering(answers: (question: Question) => string | undefined): Prompter & { asked: Question[] } {
  const asked: Question[] = [];
  return {
    asked,
    prompt: question => {
      asked.push(question);
      return Promise.resolve(answers(question));
    },
  };
}

export function ping({ client }: Engine): Promise<unknown> {
  return client.read({ path: '/version' });
}

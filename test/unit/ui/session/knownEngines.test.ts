import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as EnginesModule from '../../../../src/ui/session/knownEngines';
import type * as SessionModule from '../../../../src/ui/session/session';
import { FakeEngine } from '../../../support/engines/fakeEngine';
import { sentenceOf } from '../../../support/sentence';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporaryFolder';
import { until } from '../../../support/until';
import { l10n, loadAnew } from '../vscodeStub';

const settings: Record<string, unknown> = {};
const vscode = {
  l10n,
  workspace: {
    getConfiguration: () => ({ get: (key: string) => settings[key] }),
    onDidChangeConfiguration: () => ({ dispose: () => undefined }),
  },
};
const { CurrentSession } = loadAnew(
  ['config', 'session/endpointContext'],
  'session/session',
  vscode,
) as typeof SessionModule;
const { KnownEngines } = loadAnew(
  ['session/followSession', 'session/otherSessions'],
  'session/knownEngines',
  vscode,
) as typeof EnginesModule;

const variables = ['DOCKER_CONFIG', 'DOCKER_CONTEXT', 'DOCKER_HOST'];

describe('The engines that are known', () => {
  const before = Object.fromEntries(variables.map(name => [name, process.env[name]]));
  let docker: TemporaryFolder;
  let sessions: SessionModule.CurrentSession;
  let engines: EnginesModule.KnownEngines;

  beforeEach(() => {
    docker = temporaryFolder('docker');
    for (const name of variables) Reflect.deleteProperty(process.env, name);
    process.env['DOCKER_CONFIG'] = docker.path;
    Object.assign(settings, { endpoint: '', endpoints: [] });
  });
  afterEach(() => {
    engines.dispose();
    sessions.dispose();
    docker.remove();
    for (const name of variables) Reflect.deleteProperty(process.env, name);
    for (const [name, value] of Object.entries(before)) if (value !== undefined) process.env[name] = value;
  });

  const open = async (): Promise<void> => {
    sessions = new CurrentSession({});
    engines = new KnownEngines(sessions, { askAgain: () => undefined });
    await engines.refresh();
  };
  const rows = (): unknown[] =>
    engines.entries
      .filter(({ source }) => source !== 'default')
      .map(({ name, current, error }) => [name, current, error && sentenceOf(error)]);
  const unreachable = (): Promise<unknown> =>
    until('it was tried', () => sessions.current.connection.state.kind === 'unreachable');

  /** Has docker use a context, whose file holds this. */
  const useContext = (name: string, meta: string): string => {
    const id = idOf(name);
    const folder = join(docker.path, 'contexts', 'meta', id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'meta.json'), meta);
    writeFileSync(join(docker.path, 'config.json'), JSON.stringify({ currentContext: name }));
    return id;
  };

  const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');
  const metaOf = (name: string, host: string): string =>
    JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } });

  it('show docker’s current context also when it cannot be read: by its name, as the one in use, with the cause', async () => {
    useContext('farm', JSON.stringify({ Name: 'farm' }));
    await open();
    await unreachable();
    assert.deepEqual(rows(), [['farm', true, 'The docker context “farm” has no docker endpoint']]);
  });

  it('show what was chosen and is not there by what the choice is called', async () => {
    settings['endpoint'] = 'nowhere';
    await open();
    await unreachable();
    assert.deepEqual(rows(), [['nowhere', true, 'There is no docker context “nowhere”']]);
  });

  it('show one that was added by the name of docker’s own choice as unusable, and use docker’s', async () => {
    const fake = await new FakeEngine().start();
    try {
      process.env['DOCKER_HOST'] = fake.endpoint.url;
      Object.assign(settings, { endpoint: 'default', endpoints: [{ name: 'default', url: 'unix:///nowhere' }] });
      await open();
      await until('docker’s is connected', () => sessions.current.connection.engine);
      assert.deepEqual(rows(), [
        [fake.socketPath, true, undefined],
        ['default', false, '“default” is what docker calls its own choice: the engine needs another name'],
      ]);
    } finally {
      await fake.dispose();
    }
  });

  it('keep the one in use when a context for it is made or removed, and show it by the name that it has now', async () => {
    const fake = await new FakeEngine().start();
    try {
      const { url } = fake.endpoint;
      settings['endpoint'] = url;
      await open();
      const engine = await until('it is connected', () => sessions.current.connection.engine);
      const { current } = sessions;
      const inUse = async (): Promise<unknown> => {
        await Promise.all([sessions.checkChoice(), engines.refresh()]);
        assert.equal(sessions.current, current);
        const same = engines.entries.filter(({ endpoint }) => endpoint?.url === url);
        return same.map(({ name, current: isCurrent }) => [name, isCurrent]);
      };
      const before = [[fake.socketPath, true]];
      assert.deepEqual(await inUse(), before);
      const folder = join(docker.path, 'contexts', 'meta', idOf('a1'));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'meta.json'), metaOf('a1', url));
      assert.deepEqual(await inUse(), [['a1', true]]);
      fake.breakSockets();
      const again = await until('it is connected again', () => {
        const now = current.connection.engine;
        return now !== engine && now;
      });
      assert.deepEqual([again.endpoint, await inUse()], [engine.endpoint, [['a1', true]]]);
      rmSync(folder, { recursive: true });
      assert.deepEqual(await inUse(), before);
    } finally {
      await fake.dispose();
    }
  });

  it('stay as they are while docker’s configuration cannot be read', async () => {
    const [farm, barn] = [await new FakeEngine().start(), await new FakeEngine().start()];
    try {
      useContext('barn', metaOf('barn', barn.endpoint.url));
      const id = useContext('farm', metaOf('farm', farm.endpoint.url));
      await open();
      await until('it is connected', () => sessions.current.connection.engine);
      const { current } = sessions;
      const files = [join(docker.path, 'config.json'), join(docker.path, 'contexts', 'meta', id, 'meta.json')];
      for (const file of files) {
        const whole = readFileSync(file);
        writeFileSync(file, '');
        await sessions.checkChoice();
        assert.equal(sessions.current, current, file);
        writeFileSync(file, whole);
      }
      useContext('barn', metaOf('barn', barn.endpoint.url));
      await until('what docker uses now is connected', () => sessions.current.endpoint?.url === barn.endpoint.url);
      assert.notEqual(sessions.current, current);
    } finally {
      for (const fake of [farm, barn]) await fake.dispose();
    }
  });

  it('are tried at once when the certificates of the chosen one are renewed', async () => {
    const folder = join(
      docker.path,
      'contexts',
      'tls',
      useContext('farm', metaOf('farm', 'tcp://127.0.0.1:9')),
      'docker',
    );
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ca.pem'), 'none');
    await open();
    await unreachable();
    const tried: unknown[] = [];
    const { connection } = sessions.current;
    connection.retry = () => void tried.push('at once');
    await until('the change is seen', () => {
      writeFileSync(join(folder, 'ca.pem'), 'none');
      return tried.length > 0;
    });
  });
});

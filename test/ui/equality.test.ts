import assert from 'node:assert/strict';
import { type EngineVersion, startEngine, type TestEngine } from '../support/engines/engine';
import { createContainer, runContainer } from '../support/engines/rawEngine';
import { announcedSeed, Random } from '../support/random';
import { openUi, pictureFailures, type Ui, untilTrue } from './setup';

const view = 'Containers';
const separator = ' · ';
const soak = process.env['QUAYSIDE_SOAK'] === '1';

for (const version of ['20.10', '28'] satisfies EngineVersion[]) {
  describe(`Rows on Docker Engine ${version}`, () => {
    let engine: TestEngine;
    let ui: Ui;

    pictureFailures(() => ui);

    before(async () => {
      engine = await startEngine({ version });
      await engine.loadBusybox();
      const description = ['${image}', '${status}', '${ports}'].join(separator);
      const settings = { 'quayside.containers.groupBy': 'none', 'quayside.containers.description': description };
      ui = await openUi({ env: { DOCKER_HOST: engine.host }, settings });
      await ui.window.openView(view, { alone: true });
    });

    after(async () => {
      await ui.dispose();
      await engine.dispose();
    });

    /** Both sides as sorted lines: name, image, status and published ports, without what only time changes. */
    const equalsList = async (): Promise<void> => {
      const format = '{{.Names}}\t{{.Image}}\t{{.Status}}\t{{.Ports}}';
      let shown: string[] = [];
      let listed: string[] = [];
      try {
        await untilTrue('rows and list are equal', async () => {
          const rows = await ui.window.rows(view);
          shown = rows.filter(({ level }) => level === 1).map(({ label, description }) => rowLine(label, description));
          listed = (await engine.docker('ps', '-a', '--format', format)).split('\n').filter(Boolean).map(listLine);
          return shown.toSorted().join('\n') === listed.toSorted().join('\n');
        });
      } catch {
        assert.deepEqual(shown.toSorted(), listed.toSorted());
      }
    };

    it('equal docker ps -a after random changes, a crash and a restart', async () => {
      const random = new Random(announcedSeed());
      const rounds = soak ? 10 : version === '20.10' ? 2 : 1;
      for (let round = 0; round < rounds; round++) {
        for (let step = 0; step < 25; step++) await change(engine, random);
        await equalsList();
      }
      await engine.restart('SIGKILL');
      await equalsList();
      for (let step = 0; step < 10; step++) await change(engine, random);
      await equalsList();
    }).timeout(soak ? 900_000 : 120_000);
  });
}

function rowLine(label: string, description: string): string {
  const [image = '', status = '', ports = ''] = description.split(separator);
  return [label, image, statusWords(status), ports].join(' | ').trim();
}

function listLine(line: string): string {
  const [name = '', image = '', status = '', ports = ''] = line.split('\t');
  const published = ports.split(', ').flatMap(port => {
    const [, host, inner] = /:(\d+)->(\S+)$/.exec(port) ?? [];
    return host === undefined ? [] : `${host}→${inner ?? ''}`;
  });
  return [name, image, statusWords(status), [...new Set(published)].join(', ')].join(' | ').trim();
}

/** Both tell an age in words that a second later may be others. */
function statusWords(status: string): string {
  return status
    .replace(/^Up [^(]*/, 'Up ')
    .replace(/\) .* ago$/, ')')
    .trim();
}

/** One change by the raw API; what does not fit the container's state is refused, and that is no matter. */
async function change({ api }: TestEngine, random: Random): Promise<void> {
  const name = `c${random.below(1_000_000)}`;
  const list = (await api('GET', '/containers/json?all=1')) as { Id: string }[];
  const id = list.length < 4 ? undefined : random.pick(list)?.Id;
  const port = { PortBindings: { '80/tcp': [{ HostPort: '' }] } };
  const published = { host: port, extra: { ExposedPorts: { '80/tcp': {}, '53/udp': {} } } };
  const verbs = ['start', 'kill', 'pause', 'unpause', `rename?name=${name}`, 'restart?t=0', 'stop?t=0'];
  const changes = [
    () => createContainer(api, { name }),
    () => runContainer(api, { name, host: { NetworkMode: random.pick(['none', 'bridge', 'host']) } }),
    () => runContainer(api, { name, ...published }),
    () => runContainer(api, { name, command: ['sh', '-c', 'exit 7'] }),
    () => (list.length > 12 ? api('DELETE', `/containers/${id ?? ''}?force=1`) : Promise.resolve()),
    ...verbs.map(verb => () => api('POST', `/containers/${id ?? ''}/${verb}`)),
  ];
  await (id === undefined ? changes[1] : random.pick(changes))?.().catch(() => undefined);
}

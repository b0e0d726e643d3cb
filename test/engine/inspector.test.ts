import assert from 'node:assert/strict';
import * as containers from '../../src/engine/containers';
import * as images from '../../src/engine/images';
import { containerRow } from '../../src/engine/containers';
import * as networks from '../../src/engine/networks';
import * as volumes from '../../src/engine/volumes';
import { content, factsOf, rowsOf, source } from '../unit/ui/inspector/models';
import { onEngines } from './engines';

describe('What the inspector shows', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    /** `docker inspect` with a template. */
    const told = async (id: string, template: string): Promise<string> =>
      (await on.test.docker('inspect', '--format', template, id)).trim();

    const options = {
      command: ['sleep', '4321'],
      labels: { colour: 'green' },
      host: {
        Memory: 64 * 1024 * 1024,
        NanoCpus: 5e8,
        Binds: ['kept:/kept', '/tmp:/host:ro'],
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
      },
      extra: { Env: ['A=b', 'MY_PASSWORD=x'], WorkingDir: '/srv', Hostname: 'shop', StopSignal: 'SIGKILL' },
    };

    it('of a container equals docker inspect', async () => {
      const id = await on.run('web', options);
      const from = source(await containers.inspect(on.engine, id));
      const { sections } = content('container', 'overview', from);
      const state = factsOf(sections, 'State');
      assert.equal(state['State'], `${await told(id, '{{.State.Status}}')} [good]`);
      assert.equal(state['Restarts'], await told(id, '{{.RestartCount}}'));
      assert.equal(state['Restart policy'], 'on-failure, at most 3 times');
      assert.equal(state['Main process'], `${await told(id, '{{.State.Pid}}')} on the engine’s machine`);
      const limits = factsOf(sections, 'Limits');
      assert.deepEqual([limits['Memory'], limits['CPUs']], ['64MiB', '0.5']);
      const command = factsOf(sections, 'Image and command');
      assert.deepEqual([command['Command'], command['Working directory']], ['sleep 4321', '/srv']);
      assert.equal(command['Image'], `${await told(id, '{{.Config.Image}}')} [link]`);
      assert.equal(factsOf(sections, 'Labels')['colour'], 'green');
      const variables = content('container', 'environment', from).variables.map(({ name, value }) => {
        return `${name}=${value.secret === undefined ? value.text : (from.ledger.heldOf(value.secret) ?? '')}`;
      });
      assert.deepEqual(variables, JSON.parse(await told(id, '{{json .Config.Env}}')));
      const mounts = rowsOf(content('container', 'mounts', from).sections, 'Mounts').map(row => row.slice(0, 4));
      assert.deepEqual(mounts, [
        ['/host', '/tmp [link]', 'bind', 'read-only'],
        ['/kept', 'kept [link]', 'volume', 'read and write'],
      ]);
      const facts = content('container', 'network', from).sections.flatMap(section =>
        'facts' in section ? section.facts : [],
      );
      const address = facts.find(({ name }) => name === 'IPv4 address')?.values[0]?.text;
      const addresses = '{{range .NetworkSettings.Networks}}{{.IPAddress}}/{{.IPPrefixLen}}{{end}}';
      assert.equal(address, await told(id, addresses));
    });

    it('of an ended container tells its exit code', async () => {
      const id = await on.run('web', { command: ['sh', '-c', 'exit 3'] });
      await containers.wait(on.engine, id);
      const { sections } = content('container', 'overview', source(await containers.inspect(on.engine, id)));
      assert.equal(factsOf(sections, 'State')['Exit code'], '3 [bad]');
    });

    it('of an image equals docker inspect', async () => {
      const from = source(await images.inspect(on.engine, 'busybox'));
      const facts = factsOf(content('image', 'overview', from).sections, 'Image');
      const tags = JSON.parse(await told('busybox', '{{json .RepoTags}}')) as string[];
      assert.equal(facts['Tags'], tags.join(' | '));
      assert.equal(facts['Platform'], await told('busybox', '{{.Os}}/{{.Architecture}}'));
      assert.equal(
        (facts['ID'] ?? '').replace('sha256:', ''),
        (await told('busybox', '{{.Id}}')).replace('sha256:', ''),
      );
    });

    it('of a network equals docker inspect', async () => {
      await on.test.docker('network', 'create', '--subnet', '10.98.0.0/24', '--label', 'a=b', 'back');
      const id = await on.run('web', { host: { NetworkMode: 'back' } });
      const listed = (await on.test.api('GET', '/containers/json')) as Record<string, unknown>[];
      const users = listed.map(entry => containerRow(entry, Date.now())).filter(row => row.id === id);
      const from = source(await networks.inspect(on.engine, 'back'), { users });
      const { sections } = content('network', 'overview', from);
      assert.equal(factsOf(sections, 'Network')['Driver'], await told('back', '{{.Driver}}'));
      assert.equal(rowsOf(sections, 'Address pools')[0]?.[0], '10.98.0.0/24');
      const [row = []] = rowsOf(sections, 'Containers');
      assert.equal(row[0], 'web [link]');
      assert.match(row[2] ?? '', /^10\.98\.0\.\d+(\/24)?$/);
      assert.equal(factsOf(sections, 'Labels')['a'], 'b');
    });

    it('of a volume equals docker inspect, and its size docker system df', async () => {
      const id = await on.run('web', { host: { Binds: ['kept:/kept'] } });
      await on.test.docker('exec', id, 'sh', '-c', 'head -c 5000 /dev/zero > /kept/file');
      const { sections } = content('volume', 'overview', source(await volumes.inspect(on.engine, 'kept')));
      const facts = factsOf(sections, 'Volume');
      assert.equal(facts['Driver'], await told('kept', '{{.Driver}}'));
      assert.equal(facts['Mount point'], `${await told('kept', '{{.Mountpoint}}')} [link]`);
      const size = (await volumes.size(on.engine, 'kept')) ?? -1;
      assert(size >= 5_000 && size < 20_000, String(size));
      assert.equal(await volumes.size(on.engine, 'absent'), undefined);
    });
  });
});

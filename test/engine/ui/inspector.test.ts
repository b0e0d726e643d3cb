import assert from 'node:assert/strict';
import { humanSize } from '../../../src/base/format';
import * as containers from '../../../src/engine/objects/containers/operations';
import { containerRow } from '../../../src/engine/objects/containers/row';
import * as images from '../../../src/engine/objects/images/operations';
import * as networks from '../../../src/engine/objects/networks';
import * as volumes from '../../../src/engine/objects/volumes';
import { until } from '../../support/until';
import { content, factsOf, rowsOf, source } from '../../unit/ui/inspector/models';
import { onEngines } from '../engines';

/** What `docker inspect` tells of a container, as far as it is compared. */
interface Told {
  Image: string;
  Created: string;
  Driver: string;
  State: { StartedAt: string };
  Config: { Entrypoint: string[]; Cmd: string[]; User: string; Tty: boolean; OpenStdin: boolean; StopTimeout: number };
  HostConfig: {
    PidsLimit: number;
    CpusetCpus: string;
    ShmSize: number;
    Ulimits: { Name: string; Soft: number; Hard: number }[];
    CapAdd: string[];
    ReadonlyRootfs: boolean;
    LogConfig: { Type: string };
  };
  NetworkSettings: { Networks: Record<string, { Gateway: string; MacAddress: string; Aliases: string[] | null }> };
}

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
        return `${name}=${value.secret === undefined ? value.text : (from.handles.heldOf(value.secret) ?? '')}`;
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

    it('of a container’s times, identity, command, rights, limits and addresses equals docker inspect', async () => {
      await on.test.docker('network', 'create', '--subnet', '10.97.0.0/24', 'back');
      const id = await on.run('web', {
        command: ['sleep 4321'],
        host: {
          NetworkMode: 'back',
          CapAdd: ['NET_ADMIN'],
          CapDrop: ['MKNOD'],
          PidsLimit: 77,
          CpusetCpus: '0',
          ShmSize: 32 * 1024 * 1024,
          // With one limit Podman sets those of its own too, which not every machine lets it.
          ...(on.isDocker && { Ulimits: [{ Name: 'nofile', Soft: 512, Hard: 1024 }] }),
          ReadonlyRootfs: true,
          PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18098' }] },
        },
        extra: {
          Entrypoint: ['sh', '-c'],
          User: '0:0',
          Tty: true,
          OpenStdin: true,
          StopSignal: 'SIGINT',
          ExposedPorts: { '80/tcp': {} },
        },
      });
      const { Config, HostConfig, State, NetworkSettings, ...told } = (await on.inspect(id)) as unknown as Told;
      const from = source(await containers.inspect(on.engine, id));
      const { sections } = content('container', 'overview', from);
      const shown = Object.assign(
        {},
        ...['State', 'Image and command', 'Limits', 'Rights', 'Container', 'Ports'].map(title =>
          factsOf(sections, title),
        ),
      ) as Record<string, string>;
      const expected = {
        Started: new Date(State.StartedAt).toLocaleString(),
        'Image ID': told.Image,
        'Entry point': Config.Entrypoint.join(' '),
        Command: `'${Config.Cmd.join(' ')}'`,
        User: Config.User,
        Terminal: Config.Tty ? 'yes' : undefined,
        'Reads input': Config.OpenStdin ? 'yes' : undefined,
        'Stop timeout': `${Config.StopTimeout} s`,
        Processes: String(HostConfig.PidsLimit),
        'Runs on CPUs': HostConfig.CpusetCpus,
        'Shared memory': `${HostConfig.ShmSize / 1024 / 1024}MiB`,
        Ulimits: HostConfig.Ulimits.map(({ Name, Soft, Hard }) => `${Name}=${Soft}:${Hard}`).join(' | '),
        'Capabilities added': HostConfig.CapAdd.join(' | '),
        'Root file system': HostConfig.ReadonlyRootfs ? 'read-only' : undefined,
        ID: id,
        Created: new Date(told.Created).toLocaleString(),
        'Storage driver': told.Driver,
        'Log driver': HostConfig.LogConfig.Type,
        '80/tcp': '127.0.0.1:18098 [link]',
      };
      for (const [name, value] of Object.entries(expected)) assert.equal(shown[name], value, name);
      const back = factsOf(content('container', 'network', from).sections, 'Network back');
      const attached = NetworkSettings.Networks['back'];
      assert.equal(back['IPv4 gateway'], attached?.Gateway);
      assert.equal(back['MAC address'], attached?.MacAddress);
      assert.equal(back['Aliases'], attached?.Aliases?.join(' | '));
    });

    // Podman's checks are run by systemd, which is not everywhere.
    if (on.isDocker)
      it('of a container’s health equals docker inspect', async () => {
        const Healthcheck = { Test: ['CMD-SHELL', 'echo fine'], Interval: 5e8, Timeout: 2e9, Retries: 4 };
        const id = await on.run('probed', { extra: { Healthcheck } });
        const status = (): Promise<string> => told(id, '{{.State.Health.Status}}');
        await until('it is healthy', async () => (await status()) === 'healthy', { timeout: 20_000, interval: 200 });
        const tab = content('container', 'overview', source(await containers.inspect(on.engine, id)));
        const facts = factsOf(tab.sections, 'Health');
        assert.equal(facts['Health'], `${await status()} [good]`);
        const shown = [facts['Check'], facts['Fails after'], facts['Unhealthy after']];
        assert.deepEqual(shown, ['echo fine', '2 s', '4 failures']);
        const [output] = (await told(id, '{{range .State.Health.Log}}{{.Output}}{{end}}')).split('\n');
        assert.equal(tab.health?.[0]?.output.trim(), output);
        assert.equal(tab.health?.at(-1)?.exitCode, 0);
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
      assert.equal(facts['Created'], new Date(await told('busybox', '{{.Created}}')).toLocaleString());
      assert.equal(facts['Size'], humanSize(Number(await told('busybox', '{{.Size}}'))));
      const configuration = factsOf(content('image', 'overview', from).sections, 'Configuration');
      assert.equal(configuration['Command'], await told('busybox', '{{join .Config.Cmd " "}}'));
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
      const facts = factsOf(sections, 'Network');
      assert.equal(facts['Driver'], await told('back', '{{.Driver}}'));
      assert.equal(facts['Scope'], await told('back', '{{.Scope}}'));
      assert.equal(facts['ID'], await told('back', '{{.Id}}'));
      assert.equal(facts['Address driver'], await told('back', '{{.IPAM.Driver}}'));
      const [pool = []] = rowsOf(sections, 'Address pools');
      assert.equal(pool[0], '10.98.0.0/24');
      assert.equal(pool[2], await told('back', '{{range .IPAM.Config}}{{.Gateway}}{{end}}'));
      const [row = []] = rowsOf(sections, 'Containers');
      assert.equal(row[0], 'web [link]');
      assert.match(row[2] ?? '', /^10\.98\.0\.\d+(\/24)?$/);
      assert.equal(factsOf(sections, 'Labels')['a'], 'b');
    });

    it('of a volume equals docker inspect, and its size docker system df', async () => {
      await on.test.docker('volume', 'create', '--label', 'a=b', 'kept');
      const id = await on.run('web', { host: { Binds: ['kept:/kept'] } });
      await on.test.docker('exec', id, 'sh', '-c', 'head -c 5000 /dev/zero > /kept/file');
      const { sections } = content('volume', 'overview', source(await volumes.inspect(on.engine, 'kept')));
      const facts = factsOf(sections, 'Volume');
      assert.equal(facts['Driver'], await told('kept', '{{.Driver}}'));
      assert.equal(facts['Mount point'], `${await told('kept', '{{.Mountpoint}}')} [link]`);
      assert.equal(facts['Scope'], await told('kept', '{{.Scope}}'));
      assert.equal(facts['Created'], new Date(await told('kept', '{{.CreatedAt}}')).toLocaleString());
      assert.equal(factsOf(sections, 'Labels')['a'], 'b');
      const size = (await volumes.size(on.engine, 'kept')) ?? -1;
      assert(size >= 5_000 && size < 20_000, String(size));
      assert.equal(await volumes.size(on.engine, 'absent'), undefined);
    });
  });
});

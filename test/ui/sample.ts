import { type Api, createContainer, runContainer } from '../support/engines/rawEngine';
import { until } from '../support/until';

const compose = (service: string): Record<string, string> => ({
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': service,
  'com.docker.compose.project.working_dir': '/home/dev/shop',
  'com.docker.compose.project.config_files': '/home/dev/shop/compose.yaml',
});

const health = (test: string): Record<string, unknown> => ({
  Healthcheck: { Test: ['CMD-SHELL', test], Interval: 1_000_000_000, Retries: 1, Timeout: 5_000_000_000 },
});

/**
 * What a developer's engine may hold: a Compose project of three services on a network of its own, with a volume and a
 * published port; one container unhealthy, one failed, one paused, one never started; a few images, one dangling.
 */
export async function fillSample(api: Api): Promise<void> {
  await api('POST', '/networks/create', {
    Name: 'shop_default',
    IPAM: { Config: [{ Subnet: '10.77.0.0/24', Gateway: '10.77.0.1' }] },
  });
  await api('POST', '/volumes/create', { Name: 'shop_data' });
  await api('POST', '/volumes/create', { Name: 'old_backup' });
  await tag(api, 'nginx', '1.27-alpine');
  await tag(api, 'nginx', 'latest');
  await tag(api, 'postgres', '16');
  await tag(api, 'registry.example.com/team/worker', '2.4.1');
  await danglingImage(api);

  const onShop = (address: string): Record<string, unknown> => ({
    NetworkingConfig: { EndpointsConfig: { shop_default: { IPAMConfig: { IPv4Address: address } } } },
  });
  await runContainer(api, {
    name: 'shop-web-1',
    image: 'nginx:1.27-alpine',
    labels: compose('web'),
    host: { NetworkMode: 'shop_default', PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
    extra: { ...onShop('10.77.0.10'), ...health('true'), ExposedPorts: { '80/tcp': {} } },
  });
  await runContainer(api, {
    name: 'shop-db-1',
    image: 'postgres:16',
    labels: compose('db'),
    host: { NetworkMode: 'shop_default', Binds: ['shop_data:/var/lib/postgresql/data'] },
    extra: { ...onShop('10.77.0.11'), ExposedPorts: { '5432/tcp': {} } },
  });
  const mailer = await runContainer(api, {
    name: 'shop-mailer-1',
    image: 'registry.example.com/team/worker:2.4.1',
    command: ['sh', '-c', 'exit 3'],
    labels: compose('mailer'),
    host: { NetworkMode: 'shop_default' },
  });
  await runContainer(api, { name: 'cache', extra: health('false') });
  const paused = await runContainer(api, { name: 'importer', host: { Binds: ['/tmp:/work:ro'] } });
  await api('POST', `/containers/${paused}/pause`);
  await createContainer(api, { name: 'scratchpad' });
  const done = await runContainer(api, { name: 'migrate', command: ['true'] });
  await api('POST', `/containers/${done}/wait`);
  await api('POST', `/containers/${mailer}/wait`);
  await untilHealth(api, 'shop-web-1', 'healthy');
  await untilHealth(api, 'cache', 'unhealthy');
}

/** Another name for busybox. */
export async function tag(api: Api, repository: string, name: string): Promise<void> {
  await api('POST', `/images/busybox:latest/tag?repo=${encodeURIComponent(repository)}&tag=${name}`);
}

/** An image without a tag, made from a container. */
export async function danglingImage(api: Api): Promise<string> {
  const id = await createContainer(api, {});
  const { Id } = (await api('POST', `/commit?container=${id}`, {})) as { Id: string };
  await api('DELETE', `/containers/${id}`);
  return Id;
}

async function untilHealth(api: Api, name: string, wanted: string): Promise<void> {
  await until(
    `${name} is ${wanted}`,
    async () => {
      const answer = (await api('GET', `/containers/${name}/json`)) as { State: { Health?: { Status: string } } };
      return answer.State.Health?.Status === wanted;
    },
    { timeout: 30_000, interval: 50 },
  );
}

/** The sample in the Containers view, as `outline` writes it. */
export const sampleContainers: readonly string[] = [
  'shop | 2/3',
  '  shop-db-1 | postgres:16 · Up …',
  '  shop-mailer-1 | registry.example.com/team/worker:2.4.1 · Exited (3) … ago',
  '  shop-web-1 | nginx:1.27-alpine · Up … (healthy) · 8080→80/tcp',
  'cache | busybox:latest · Up … (unhealthy)',
  'importer | busybox:latest · Up … (Paused)',
  'migrate | busybox:latest · Exited (0) … ago',
  'scratchpad | busybox:latest · Created',
];

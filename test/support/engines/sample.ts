import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Api, ApiError, type ContainerOptions, createContainer } from './rawEngine';

const composeFile = `# The sample's own Compose file: its containers carry the labels that lead here.
name: shop
services:
  web:
    image: sample/shop:1.4
    command: [httpd, -f, -p, "80", -h, /www]
  database:
    image: sample/shop:1.4
    command: [sh, -c, "date > /data/started; exec sleep 1000000"]
    volumes: [data:/data]
volumes:
  data:
`;

interface SampleContainer extends ContainerOptions {
  name: string;
  /** Whether it runs again at each start; the others ran once and stay as they ended. */
  keepsRunning: boolean;
}

const second = 1_000_000_000; // The Engine API counts in nanoseconds.
const image = 'sample/shop:1.4';
const trapped = 'trap "exit 0" TERM;';

/** Fills an engine with a small sample of everything; what is there already stays as it is. */
export async function fillSample(
  api: Api,
  workspace: string,
  loadImage: (tag: string) => Promise<void>,
): Promise<void> {
  await writeFile(join(workspace, 'compose.yaml'), composeFile);
  const images = await listed(api, '/images/json', { reference: [image] });
  if (images.length === 0) await loadImage(image);
  for (const network of ['backend', 'shop_default']) await createNetwork(api, network);
  await api('POST', '/volumes/create', { Name: 'shop_data', Labels: composeVolume });
  for (const container of sampleContainers(workspace)) await ensureContainer(api, container);
}

const composeVolume = { 'com.docker.compose.project': 'shop', 'com.docker.compose.volume': 'data' };

async function createNetwork(api: Api, name: string): Promise<void> {
  const found = await listed(api, '/networks', { name: [name] });
  if (!found.some(network => network['Name'] === name)) await api('POST', '/networks/create', { Name: name });
}

async function listed(api: Api, path: string, filters: object): Promise<Record<string, unknown>[]> {
  const query = encodeURIComponent(JSON.stringify(filters));
  return (await api('GET', `${path}?filters=${query}`)) as Record<string, unknown>[];
}

function sampleContainers(workspace: string): SampleContainer[] {
  return [
    {
      name: 'website',
      command: ['sh', '-c', 'echo "<h1>Hello from a container</h1>" > /www/index.html; exec httpd -f -v -p 80 -h /www'],
      host: { PortBindings: { '80/tcp': [{ HostPort: '8080-8099' }] }, NetworkMode: 'backend' },
      extra: { ExposedPorts: { '80/tcp': {} } },
      keepsRunning: true,
    },
    {
      name: 'worker',
      command: ['sh', '-c', `${trapped} i=0; while :; do i=$((i+1)); echo "job $i done"; sleep 2 & wait $!; done`],
      host: { NetworkMode: 'backend' },
      keepsRunning: true,
    },
    {
      name: 'api',
      command: ['sh', '-c', 'echo ok > /www/index.html; exec httpd -f -p 3000 -h /www'],
      extra: {
        Healthcheck: { Test: ['CMD-SHELL', 'wget -q -O - http://127.0.0.1:3000/'], Interval: 10 * second, Retries: 2 },
      },
      keepsRunning: true,
    },
    {
      name: 'cache',
      command: ['sh', '-c', `${trapped} sleep 1000000 & wait $!`],
      extra: {
        Healthcheck: { Test: ['CMD-SHELL', 'echo "no answer"; exit 1'], Interval: 10 * second, Retries: 1 },
      },
      keepsRunning: true,
    },
    { name: 'migration', command: ['sh', '-c', 'echo "42 rows migrated"'], keepsRunning: false },
    composed(workspace, 'web', ['httpd', '-f', '-p', '80', '-h', '/www'], []),
    composed(
      workspace,
      'database',
      ['sh', '-c', `date > /data/started; ${trapped} sleep 1000000 & wait $!`],
      ['shop_data:/data'],
    ),
  ];
}

/** A container as Compose makes it, labels included. */
function composed(
  workspace: string,
  service: string,
  command: readonly string[],
  binds: readonly string[],
): SampleContainer {
  const labels = {
    project: 'shop',
    service,
    'container-number': '1',
    oneoff: 'False',
    'project.working_dir': workspace,
    'project.config_files': join(workspace, 'compose.yaml'),
  };
  return {
    name: `shop-${service}-1`,
    command,
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [`com.docker.compose.${key}`, value])),
    host: { NetworkMode: 'shop_default', Binds: binds },
    keepsRunning: true,
  };
}

async function ensureContainer(api: Api, { keepsRunning, ...options }: SampleContainer): Promise<void> {
  const exists = await isThere(api, options.name);
  if (!exists) await createContainer(api, { image, ...options });
  if (!exists || keepsRunning) await api('POST', `/containers/${options.name}/start`);
}

async function isThere(api: Api, name: string): Promise<boolean> {
  try {
    await api('GET', `/containers/${name}/json`);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    throw error;
  }
}

import type {
  Head,
  HostMessage,
  InspectedKind,
  PathChange,
  StatsSample,
  TabContent,
  TabName,
  Value,
} from '../../../src/ui/inspector/protocol';

/*
 * What the host says of a container, an image, a network and a volume, as it was recorded; times are near a fixed moment.
 */

const moment = Date.UTC(2026, 0, 31, 14, 0, 0);
const id = '4f1c2a9be0d37a5588d2c6e1f09b3d47a61e5c20f8b94d7312ac0e6b5d98f143';
const code = (text: string): Value => ({ text, code: true });
const link = (text: string, number: number): Value => ({ text, link: number });

export function messagesOf(kind: InspectedKind, name = names[kind]): HostMessage[] {
  const inspected = { kind, id, name, engine: { id: 'local', name: 'Local' } };
  return [
    { type: 'texts', texts: {}, inspected },
    { type: 'head', head: headOf(kind, name) },
  ];
}

const names: Readonly<Record<InspectedKind, string>> = {
  container: 'shop-web-1',
  image: 'registry.example.com/shop/web:2.4.1',
  network: 'shop_default',
  volume: 'shop_data',
};

const tabTitles: Readonly<Record<TabName, string>> = {
  overview: 'Overview',
  stats: 'Stats',
  processes: 'Processes',
  environment: 'Environment',
  mounts: 'Mounts',
  network: 'Network',
  changes: 'Changes',
  layers: 'Layers',
  drawing: 'Drawing',
  raw: 'Raw',
};

export const tabsOf: Readonly<Record<InspectedKind, readonly TabName[]>> = {
  container: ['overview', 'stats', 'processes', 'environment', 'mounts', 'network', 'changes', 'raw'],
  image: ['overview', 'layers', 'raw'],
  network: ['overview', 'drawing', 'raw'],
  volume: ['overview', 'raw'],
};

const descriptions: Readonly<Record<InspectedKind, readonly Value[]>> = {
  container: [{ text: 'running', tone: 'good' }, { text: 'Up 5 minutes' }, link('shop/web:2.4.1', 1)],
  image: [{ text: 'in use', tone: 'good' }, { text: '184MB' }, { text: '3 weeks ago' }],
  network: [{ text: 'bridge' }, { text: '3 containers' }],
  volume: [{ text: 'unused', tone: 'quiet' }, { text: 'local' }],
};

const actions: Readonly<Record<InspectedKind, readonly (readonly [title: string, icon: string])[]>> = {
  container: [
    ['Stop', 'debug-stop'],
    ['Restart', 'debug-restart'],
    ['Pause', 'debug-pause'],
    ['Open Logs', 'output'],
    ['Open Shell', 'terminal'],
    ['Open in Browser', 'globe'],
    ['Remove…', 'trash'],
  ],
  image: [
    ['Pull Again', 'cloud-download'],
    ['Tag…', 'tag'],
    ['Remove…', 'trash'],
  ],
  network: [['Remove…', 'trash']],
  volume: [['Remove…', 'trash']],
};

function headOf(kind: InspectedKind, name: string): Head {
  return {
    kind,
    name,
    description: descriptions[kind],
    actions: actions[kind].map(([title, icon], index) => ({ id: index, title, icon })),
    tabs: tabsOf[kind].map(tab => ({ tab, title: tabTitles[tab] })),
  };
}

export function overviewOf(kind: InspectedKind): TabContent {
  return kind === 'container' ? containerOverview : { tab: 'overview', sections: overviews[kind] };
}

const containerOverview: TabContent = {
  tab: 'overview',
  sections: [
    {
      title: 'State',
      facts: [
        { name: 'State', values: [{ text: 'running', tone: 'good' }] },
        { name: 'Started', values: [{ text: '1/31/2026, 1:55:02 PM' }] },
        { name: 'Restarts', values: [{ text: '2' }] },
        { name: 'Restart policy', values: [code('unless-stopped')] },
        { name: 'Last exit', values: [{ text: '137: killed, out of memory', tone: 'bad' }] },
      ],
    },
    {
      title: 'Health',
      facts: [
        { name: 'Health', values: [{ text: 'starting', tone: 'warning' }] },
        { name: 'Check', values: [code("wget -q -O - 'http://localhost:8080/healthz' || exit 1")] },
        { name: 'Every', values: [{ text: '10 s' }] },
      ],
    },
    {
      title: 'Ports',
      facts: [
        { name: '8080/tcp', values: [link('0.0.0.0:18080', 2), link('[::]:18080', 3)] },
        { name: '9090/tcp', values: [{ text: 'not published', tone: 'quiet' }] },
      ],
    },
    {
      title: 'Image and command',
      facts: [
        { name: 'Image', values: [link('registry.example.com/shop/web:2.4.1', 1)] },
        { name: 'Image ID', values: [code(`sha256:${id}`)] },
        { name: 'Entry point', values: [code('/usr/local/bin/entrypoint.sh')] },
        { name: 'Command', values: [code("node --enable-source-maps server.js --listen '0.0.0.0:8080'")] },
        { name: 'Working directory', values: [code('/srv/app')] },
        { name: 'User', values: [code('1000:1000')] },
      ],
    },
    {
      title: 'Compose',
      facts: [
        { name: 'Project', values: [{ text: 'shop' }] },
        { name: 'Service', values: [{ text: 'web' }] },
        { name: 'Files', values: [{ text: '/home/ann/shop/compose.yaml', code: true, link: 4 }] },
      ],
    },
    {
      title: 'Limits',
      facts: [
        { name: 'Memory', values: [{ text: '512MiB' }] },
        { name: 'CPUs', values: [{ text: 'no limit', tone: 'quiet' }] },
      ],
    },
    {
      title: 'Labels',
      facts: [
        { name: 'com.docker.compose.project', values: [code('shop')] },
        { name: 'com.docker.compose.config-hash', values: [code(id)] },
        { name: 'org.opencontainers.image.title', values: [code('The web shop')] },
        { name: 'long', values: [{ text: 'a long label '.repeat(30), code: true, cut: 9 }] },
      ],
    },
  ],
  health: [0, 1, 2, 3, 4].map(index => ({
    start: moment + index * 10_000,
    end: moment + index * 10_000 + 35 + index,
    exitCode: index === 2 ? 1 : 0,
    output: index === 2 ? 'wget: server returned error: HTTP/1.1 503 Service Unavailable\n' : 'ok\n',
  })),
};

const overviews: Readonly<
  Record<Exclude<InspectedKind, 'container'>, Extract<TabContent, { sections: unknown }>['sections']>
> = {
  image: [
    {
      title: 'Image',
      facts: [
        {
          name: 'Tags',
          values: [code('registry.example.com/shop/web:2.4.1'), code('registry.example.com/shop/web:latest')],
        },
        { name: 'ID', values: [code(`sha256:${id}`)] },
        { name: 'Size', values: [{ text: '184MB' }] },
        { name: 'Platform', values: [{ text: 'linux/arm64/v8' }] },
      ],
    },
    {
      title: 'Environment',
      facts: [
        { name: 'PATH', values: [code('/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')] },
        { name: 'NPM_TOKEN', values: [{ text: '', secret: 5, code: true }] },
      ],
    },
    {
      title: 'Containers',
      columns: ['Container', 'State'],
      rows: [
        [link('shop-web-1', 6), { text: 'running', tone: 'good' }],
        [link('shop-web-2', 7), { text: 'exited', tone: 'bad' }],
      ],
      empty: 'No container uses this image',
    },
  ],
  network: [
    {
      title: 'Network',
      facts: [
        { name: 'Driver', values: [{ text: 'bridge' }] },
        { name: 'ID', values: [code(id)] },
      ],
    },
    {
      title: 'Address pools',
      columns: ['Subnet', 'Range', 'Gateway', 'Reserved addresses'],
      rows: [[code('172.20.0.0/16'), code(''), code('172.20.0.1'), code('')]],
      empty: 'This network gives out no addresses',
    },
    {
      title: 'Containers',
      columns: ['Container', 'State', 'IPv4 address', 'IPv6 address', 'MAC address'],
      rows: [
        [
          link('shop-web-1', 6),
          { text: 'running', tone: 'good' },
          code('172.20.0.2/16'),
          code('fd00::2/64'),
          code('02:42:ac:14:00:02'),
        ],
        [
          link('shop-db-1', 7),
          { text: 'paused', tone: 'warning' },
          code('172.20.0.3/16'),
          code(''),
          code('02:42:ac:14:00:03'),
        ],
      ],
      empty: 'No container is attached to this network',
    },
  ],
  volume: [
    {
      title: 'Volume',
      facts: [
        { name: 'Driver', values: [{ text: 'local' }] },
        { name: 'Mount point', values: [code('/var/lib/docker/volumes/shop_data/_data')] },
        { name: 'Size', values: [{ text: '1.2GB' }] },
      ],
    },
    { title: 'Containers', columns: ['Container', 'State'], rows: [], empty: 'No container uses this volume' },
  ],
};

/** What the host sends when a tab is shown. */
export function contentMessages(kind: InspectedKind, tab: TabName): HostMessage[] {
  if (tab === 'stats') return [{ type: 'stats', reset: true, samples: samples(600) }];
  return [{ type: 'content', content: contentOf(kind, tab) }];
}

export function contentOf(kind: InspectedKind, tab: Exclude<TabName, 'stats'>): TabContent {
  return tab === 'overview' ? overviewOf(kind) : contents[tab];
}

/** One sample each second, with a pause of half a minute in their midst. */
export function samples(count: number): StatsSample[] {
  const mebibyte = 2 ** 20;
  return Array.from({ length: count }, (_, index) => ({
    time: moment + index * 1_000 + (index > count / 2 ? 30_000 : 0),
    cpuPercent: 12 + 8 * Math.sin(index / 25) + (index % 97 === 0 ? 60 : 0),
    memoryBytes: (180 + 40 * Math.sin(index / 90)) * mebibyte,
    memoryLimitBytes: 512 * mebibyte,
    receivedRate: 120_000 * (1 + Math.sin(index / 12)),
    sentRate: 45_000 * (1 + Math.cos(index / 17)),
    readRate: index % 60 < 6 ? 2_400_000 : 0,
    writtenRate: index % 45 < 9 ? 800_000 : 12_000,
    processes: 11 + (index % 120 > 90 ? 3 : 0),
  }));
}

const signals = [
  { name: 'SIGTERM', title: 'asks it to end' },
  { name: 'SIGKILL', title: 'ends it at once' },
  { name: 'SIGHUP', title: 'often: reads its configuration again' },
];

export function processes(count: number): TabContent {
  const commands = ['nginx: worker process', 'node --enable-source-maps server.js --listen 0.0.0.0:8080', 'sleep 30'];
  return {
    tab: 'processes',
    columns: ['USER', 'PID', 'PPID', '%CPU', '%MEM', 'STARTED', 'TIME', 'COMMAND'],
    rows: Array.from({ length: count }, (_, index) => ({
      cells: [
        index % 3 === 0 ? 'root' : 'www-data',
        String(4000 + index * 7),
        index === 0 ? '1' : '4000',
        ((index * 37) % 101).toFixed(1),
        ((index * 11) % 9).toFixed(1),
        '13:55:02',
        `00:00:${String(index % 60).padStart(2, '0')}`,
        commands[index % commands.length] ?? '',
      ],
      process: index,
    })),
    signals,
  };
}

export function changes(count: number): TabContent {
  const folders = ['/var/cache/nginx', '/tmp', '/etc/nginx/conf.d', '/srv/app/node_modules/.cache/build'];
  const kinds = ['added', 'changed', 'deleted'] as const;
  const parents: PathChange[] = ['/var', '/etc', '/srv'].map(path => ['changed', path]);
  const paths = Array.from({ length: count - parents.length }, (_, index): PathChange => [
    kinds[index % 7 === 0 ? 2 : index % 3 === 0 ? 1 : 0],
    `${folders[index % folders.length] ?? ''}/part-${Math.floor(index / 40)}/file-${index}.txt`,
  ]);
  return { tab: 'changes', changes: [...parents, ...paths] };
}

export function rawJson(labels: number): unknown {
  return {
    Id: id,
    Created: '2026-01-31T13:55:01.123456789Z',
    Args: ['--enable-source-maps', 'server.js'],
    State: { Status: 'running', Running: true, ExitCode: 0, Pid: 4000, Health: null },
    Config: {
      Hostname: '4f1c2a9be0d3',
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'NODE_ENV=production'],
      Labels: Object.fromEntries(
        Array.from({ length: labels }, (_, index) => [`com.example.label-${index}`, `value ${index} of the label`]),
      ),
      Volumes: {},
    },
    HostConfig: { Memory: 536870912, NanoCpus: 0, RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 } },
  };
}

const contents: Readonly<Record<Exclude<TabName, 'overview' | 'stats'>, TabContent>> = {
  processes: processes(14),
  environment: {
    tab: 'environment',
    variables: [
      { name: 'PATH', value: code('/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin') },
      { name: 'NODE_ENV', value: code('production') },
      { name: 'DATABASE_PASSWORD', value: { text: '', secret: 1, code: true } },
      { name: 'EMPTY', value: code('') },
      { name: 'FEATURES', value: { text: `${'checkout,search,reviews,'.repeat(20)}…`, code: true, cut: 2 } },
    ],
  },
  mounts: {
    tab: 'mounts',
    sections: [
      {
        title: 'Mounts',
        columns: ['In the container', 'Source', 'Kind', 'Access', 'Options'],
        rows: [
          [
            code('/etc/nginx/conf.d'),
            { text: '/home/ann/shop/conf.d', code: true, link: 11 },
            { text: 'bind' },
            { text: 'read-only' },
            { text: 'ro, rprivate' },
          ],
          [
            code('/var/lib/data'),
            { text: 'shop_data', code: true, link: 12 },
            { text: 'volume' },
            { text: 'read and write' },
            { text: 'z' },
          ],
          [code('/tmp'), { text: '' }, { text: 'tmpfs' }, { text: 'read and write' }, { text: 'size=64m' }],
        ],
        empty: 'Nothing is mounted in this container',
      },
    ],
  },
  network: {
    tab: 'network',
    sections: [
      {
        title: 'Network shop_default',
        facts: [
          { name: 'Network', values: [link('shop_default', 13)] },
          { name: 'IPv4 address', values: [code('172.20.0.2/16')] },
          { name: 'MAC address', values: [code('02:42:ac:14:00:02')] },
          { name: 'Aliases', values: [code('web'), code('shop-web-1')] },
        ],
      },
      { title: 'Ports', facts: [{ name: '8080/tcp', values: [link('0.0.0.0:18080', 2)] }] },
    ],
  },
  changes: changes(60),
  layers: {
    tab: 'layers',
    layers: [
      {
        created: moment - 9e9,
        bytes: 77_800_000,
        instruction: 'ADD file:4b03b5f551e3fbdf in /',
        comment: '',
        tags: ['debian:12-slim'],
      },
      { created: moment - 8e9, bytes: 0, instruction: 'CMD ["bash"]', comment: '', tags: [] },
      {
        created: moment - 7e9,
        bytes: 0,
        instruction: 'ENV NODE_VERSION=20.19.0',
        comment: 'buildkit.dockerfile.v0',
        tags: [],
      },
      {
        created: moment - 6e9,
        bytes: 98_400_000,
        instruction:
          'RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends ca-certificates curl; rm -rf /var/lib/apt/lists/* # buildkit',
        comment: 'buildkit.dockerfile.v0',
        tags: [],
      },
      { created: moment - 5e9, bytes: 8_300_000, instruction: 'COPY . /srv/app # buildkit', comment: '', tags: [] },
      { created: moment - 4e9, bytes: 0, instruction: 'EXPOSE map[8080/tcp:{}]', comment: '', tags: [] },
      {
        created: moment - 3e9,
        bytes: 412,
        instruction: 'COPY entrypoint.sh /usr/local/bin/ # buildkit',
        comment: '',
        tags: ['registry.example.com/shop/web:2.4.1'],
      },
    ],
  },
  drawing: {
    tab: 'drawing',
    nodes: [
      { id: 'shop_default', kind: 'network', name: 'shop_default', link: 20, self: true },
      { id: 'backend', kind: 'network', name: 'backend', link: 21, self: false },
      { id: 'a', kind: 'container', name: 'shop-web-1', link: 22, self: false },
      { id: 'b', kind: 'container', name: 'shop-db-1', link: 23, self: false },
      {
        id: 'c',
        kind: 'container',
        name: 'a-container-with-a-very-long-name-that-fits-nowhere',
        link: 24,
        self: false,
      },
    ],
    edges: [
      { container: 'a', network: 'shop_default', address: '172.20.0.2' },
      { container: 'b', network: 'shop_default', address: '172.20.0.3' },
      { container: 'b', network: 'backend', address: '172.21.0.2' },
      { container: 'c', network: 'shop_default', address: '' },
    ],
  },
  raw: { tab: 'raw', json: rawJson(30) },
};

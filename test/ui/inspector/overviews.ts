import type { InspectedKind, TabContent } from '../../../src/ui/inspector/protocol';
import { code, id, link, moment } from './recorded';

/** What the overview of a container, an image, a network and a volume says, as it was recorded. */
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
        { name: 'Size', values: [{ text: '1.2GB, measured at 14:00:00' }, link('Measure Anew', 8)] },
      ],
    },
    { title: 'Containers', columns: ['Container', 'State'], rows: [], empty: 'No container uses this volume' },
  ],
};

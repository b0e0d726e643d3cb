import type { InspectedKind, TabContent, TabName } from '../../../src/ui/inspector/protocol';
import { changes, processes, rawJson } from './long';
import { overviewOf } from './overviews';
import { code, link, moment } from './recorded';

/** What a tab shows, as it was recorded. */
export function contentOf(kind: InspectedKind, tab: Exclude<TabName, 'stats'>): TabContent {
  return tab === 'overview' ? overviewOf(kind) : contents[tab];
}

const contents: Readonly<Record<Exclude<TabName, 'overview' | 'stats'>, TabContent>> = {
  processes: processes(14),
  environment: {
    tab: 'environment',
    variables: [
      { name: 'PATH', value: code('/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin') },
      { name: 'NODE_ENV', value: code('production') },
      { name: 'DATABASE_URL', value: { text: 'postgres://***@db/shop', secret: 4, code: true } },
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
        instruction: code('ADD file:4b03b5f551e3fbdf in /'),
        comment: '',
        tags: ['debian:12-slim'],
      },
      { created: moment - 8e9, bytes: 0, instruction: code('CMD ["bash"]'), comment: '', tags: [] },
      {
        created: moment - 7e9,
        bytes: 0,
        instruction: { text: 'ENV NPM_TOKEN=***', secret: 3, code: true },
        comment: 'buildkit.dockerfile.v0',
        tags: [],
      },
      {
        created: moment - 6e9,
        bytes: 98_400_000,
        instruction: code(
          'RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends ca-certificates curl; rm -rf /var/lib/apt/lists/* # buildkit',
        ),
        comment: 'buildkit.dockerfile.v0',
        tags: [],
      },
      {
        created: moment - 5e9,
        bytes: 8_300_000,
        instruction: code('COPY . /srv/app # buildkit'),
        comment: '',
        tags: [],
      },
      { created: moment - 4e9, bytes: 0, instruction: code('EXPOSE map[8080/tcp:{}]'), comment: '', tags: [] },
      {
        created: moment - 3e9,
        bytes: 412,
        instruction: code('COPY entrypoint.sh /usr/local/bin/ # buildkit'),
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
  raw: { tab: 'raw', json: rawJson(30), hidden: 2 },
};

import {
  type Head,
  type HostMessage,
  type InspectedKind,
  type TabName,
  tabsOf,
  type Value,
} from '../../../src/ui/inspector/protocol';
import { contentOf } from './contents';
import { samples } from './long';
import { id, link } from './recorded';

/*
 * What the host says of a container, an image, a network and a volume, as it was recorded.
 */

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

const icons: Readonly<Record<InspectedKind, string>> = {
  container: 'package',
  image: 'layers',
  network: 'type-hierarchy',
  volume: 'database',
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
    icon: icons[kind],
    name,
    description: descriptions[kind],
    actions: actions[kind].map(([title, icon], index) => ({ id: index, title, icon })),
    tabs: tabsOf(kind).map(tab => ({ tab, title: tabTitles[tab] })),
  };
}

/** What the host sends when a tab is shown. */
export function contentMessages(kind: InspectedKind, tab: TabName): HostMessage[] {
  if (tab === 'stats') return [{ type: 'stats', reset: true, samples: samples(600) }];
  return [{ type: 'content', content: contentOf(kind, tab) }];
}

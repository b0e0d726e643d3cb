import * as vscode from 'vscode';
import { compareNames, shortId } from '../../base/format';
import { isWebPort } from '../../engine/objects/containers/ports';
import { type Container, isAlive, type Port } from '../../engine/objects/containers/row';
import { config, type GroupBy } from '../config';
import {
  containerContextValue,
  countRunning,
  fillContainerTemplate,
  imageText,
  portText,
  publishedPorts,
  stateIcon,
  statusText,
} from '../objects/containerText';
import type { Look } from '../objects/look';
import { projectContextValue } from '../objects/projectText';
import { extendContainersView } from './containersView';
import type { ForestShape, Group, GroupNode, Place, RowNode } from './resource/forest';
import { byCreation, byName, comparison, type Orders } from './resource/orders';
import type { DetailLook, TreeContext, TreeShape } from './resource/shape';
import { hidesRows } from './resource/viewState';
import { factsTooltip } from './treeItem';

const stateRanks: readonly string[] = ['running', 'restarting', 'paused', 'created', 'exited', 'dead', 'removing'];

const orders: Orders<Container> = {
  name: byName,
  created: byCreation,
  state: {
    title: () => vscode.l10n.t('State, running first'),
    compare: (a, b) => stateRanks.indexOf(a.state) - stateRanks.indexOf(b.state),
  },
  image: { title: () => vscode.l10n.t('Image'), compare: (a, b) => compareNames(a.image, b.image) },
};

export const containersTree: TreeShape<'container'> = {
  kind: 'container',
  orders,
  groupsOpen: true,
  ages: true,
  forest,
  rowLook,
  groupLook,
  details: ({ row }) => [...portDetails(row), ...networkDetails(row), ...mountDetails(row)],
  tooltip: ({ row }, { now }) => tooltip(row, now),
  tellsAddress: true,
  extend: extendContainersView,
};

function forest({ state }: TreeContext): ForestShape<Container> {
  const { filter, sort, hideStopped } = state.choices;
  const groupsOf = groupings[config.containersGroupBy];
  const order = comparison(orders, sort);
  const needle = filter.toLowerCase();
  return {
    places(row): Place[] {
      if (hideStopped && !isAlive(row)) return [];
      if (needle && !searchText(row).includes(needle)) return [];
      const subject = { kind: 'container', id: row.id } as const;
      return groupsOf(row).map(group => ({ group, subject, key: '' }));
    },
    compare: (a, b) => order(a.row, b.row) || compareNames(a.row.name, b.row.name) || compareNames(a.row.id, b.row.id),
    compareGroups: (a, b) => a.rank - b.rank || compareNames(a.label, b.label),
  };
}

function searchText({ name, image, id, state, compose }: Container): string {
  return [name, image, id, state, compose?.project, compose?.service].join('\n').toLowerCase();
}

const groupings: Readonly<Record<GroupBy, (row: Container) => (Group | undefined)[]>> = {
  none: () => [undefined],
  project: ({ compose }) => [
    compose && {
      key: compose.project,
      label: compose.project,
      rank: 0,
      subject: { kind: 'project', name: compose.project },
    },
  ],
  status: ({ state }) => [plainGroup(state, stateRanks.indexOf(state))],
  image: ({ image }) => [plainGroup(imageText(image), 0)],
  network: ({ networks }) =>
    networks.length > 0
      ? networks.map(({ network }) => plainGroup(network, 0))
      : [plainGroup(vscode.l10n.t('No network'), 1)],
};

function plainGroup(label: string, rank: number): Group {
  return { key: label, label, rank, subject: { kind: 'group', name: label } };
}

function rowLook({ row }: RowNode<Container>, { now, figures }: TreeContext): Look {
  const sample = figures.get(row.id);
  const filled = (template: string): string => fillContainerTemplate(template, row, now, sample);
  const label = filled(config.containersLabel) || row.name || shortId(row.id);
  const columns = sample ? filled(config.containersStatsColumns) : '';
  return {
    label,
    description: [columns, filled(config.containersDescription)].filter(Boolean).join(' · '),
    ...stateIcon(row),
    contextValue: containerContextValue(row),
    spoken: [
      label,
      statusText(row, now),
      row.image,
      ...publishedPorts(row).map(portText),
      ...(columns ? [columns] : []),
    ].join(', '),
  };
}

/**
 * A project counts all its containers, also hidden ones, since its commands act on all. Other groups count what they
 * show.
 */
function groupLook({ group, children, subject }: GroupNode<Container>, { mirror, state }: TreeContext): Look {
  const isProject = subject.kind === 'project';
  const rows =
    isProject && hidesRows(state)
      ? mirror.list('container').filter(({ compose }) => compose?.project === subject.name)
      : children.map(child => child.row);
  const running = countRunning(rows);
  return {
    label: group.label,
    description: isProject ? `${running}/${rows.length}` : String(rows.length),
    icon: isProject ? 'layers' : 'list-tree',
    contextValue: isProject ? projectContextValue(rows) : 'group',
    spoken: vscode.l10n.t('{0}, {1} of {2} running', group.label, running, rows.length),
  };
}

/** A port that is published for IPv4 and IPv6 is one row with two addresses. */
function portDetails(row: Container): DetailLook[] {
  const ports = new Map<string, Port[]>();
  for (const port of row.ports) ports.set(portText(port), [...(ports.get(portText(port)) ?? []), port]);
  return [...ports].flatMap(([label, same]) => {
    const port = same.find(({ ip }) => ip?.includes('.')) ?? same[0];
    if (!port) return [];
    const opens = isWebPort(port);
    return {
      id: `port:${label}`,
      subject: { kind: 'port', containerId: row.id, port },
      look: {
        label,
        description: [port.ip, ...same.filter(other => other !== port).map(({ ip }) => ip)].filter(Boolean).join(', '),
        icon: opens ? 'link-external' : 'plug',
        contextValue: opens ? 'port published' : 'port',
        ...(opens && {
          tooltip: vscode.l10n.t('Open in the browser'),
          command: { title: vscode.l10n.t('Open in the browser'), command: 'quayside.container.openInBrowser' },
        }),
      },
    };
  });
}

function networkDetails(row: Container): DetailLook[] {
  return row.networks.map(({ network, address, address6 }) => ({
    id: `network:${network}`,
    subject: { kind: 'group', name: network },
    look: {
      label: network,
      description: [address, address6].filter(Boolean).join(' '),
      icon: 'type-hierarchy',
      contextValue: 'attachment',
    },
  }));
}

function mountDetails(row: Container): DetailLook[] {
  return row.mounts.map((mount, index) => ({
    id: `mount:${index}`,
    subject: { kind: 'group', name: mount.destination },
    look: {
      label: mount.destination,
      description: `${mount.volume || mount.source || mount.type}${mount.readOnly ? ' (ro)' : ''}`,
      icon: mount.type === 'volume' ? 'database' : 'folder',
      contextValue: 'mount',
    },
  }));
}

/** As `docker ps` has them: IPv4 first, an IPv6 address in brackets. */
function portsWithAddress({ ports }: Container): string {
  const isIpv6 = ({ ip }: Port): boolean => ip?.includes(':') === true;
  return ports
    .toSorted((a, b) => Number(isIpv6(a)) - Number(isIpv6(b)))
    .map(port => (port.ip ? `${isIpv6(port) ? `[${port.ip}]` : port.ip}:${portText(port)}` : portText(port)))
    .join(', ');
}

function tooltip(row: Container, now: number): vscode.MarkdownString {
  return factsTooltip(row.name, [
    [vscode.l10n.t('Status'), statusText(row, now)],
    [vscode.l10n.t('Image'), row.image],
    [vscode.l10n.t('Command'), row.command],
    [vscode.l10n.t('Ports'), portsWithAddress(row)],
    [vscode.l10n.t('Networks'), row.networks.map(({ network, address }) => `${network} ${address}`.trim()).join(', ')],
    [
      vscode.l10n.t('Mounts'),
      row.mounts.map(({ volume, source, destination }) => `${volume || source}:${destination}`).join(', '),
    ],
    [vscode.l10n.t('Health'), row.health ?? ''],
    [vscode.l10n.t('Project'), row.compose?.project ?? ''],
    [vscode.l10n.t('Created'), new Date(row.created).toLocaleString()],
    [vscode.l10n.t('ID'), shortId(row.id)],
  ]);
}

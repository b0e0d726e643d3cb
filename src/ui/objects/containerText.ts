import * as vscode from 'vscode';
import { fillTemplate, humanSize, memorySize, shortId } from '../../base/format';
import { own } from '../../base/read';
import { isWebPort } from '../../engine/objects/containers/ports';
import type { Container, Port } from '../../engine/objects/containers/row';
import type { StatsSample } from '../../engine/stats/stats';
import { ageText } from './ageText';
import { contextValue } from './look';

/** State and time in the words of `docker ps`, e.g. `Up 5 minutes (healthy)`, `Exited (0) 2 hours ago`. */
export function statusText(container: Container, now: number): string {
  const { state, since, exitCode, health } = container;
  const age = since === undefined ? '' : ageText(Math.max(0, now - since));
  switch (state) {
    case 'running':
      return upText(age, health);
    case 'paused':
      return vscode.l10n.t('Up {0} (Paused)', age);
    case 'restarting':
      return vscode.l10n.t('Restarting ({0}) {1} ago', exitCode ?? 0, age);
    case 'exited':
      return age
        ? vscode.l10n.t('Exited ({0}) {1} ago', exitCode ?? 0, age)
        : vscode.l10n.t('Exited ({0})', exitCode ?? 0);
    case 'created':
      return vscode.l10n.t('Created');
    case 'removing':
      return vscode.l10n.t('Removal In Progress');
    case 'dead':
      return vscode.l10n.t('Dead');
  }
}

function upText(age: string, health: Container['health']): string {
  const up = age ? vscode.l10n.t('Up {0}', age) : vscode.l10n.t('Up');
  if (health === undefined) return up;
  return `${up} (${health === 'starting' ? vscode.l10n.t('health: starting') : health})`;
}

export function countRunning(containers: readonly Container[]): number {
  return containers.filter(({ state }) => state === 'running').length;
}

/** A port as `docker ps` writes it without the address: `8080→80/tcp`, or `80/tcp` when it is not published. */
export function portText({ publicPort, privatePort, protocol }: Port): string {
  return publicPort === undefined ? `${privatePort}/${protocol}` : `${publicPort}→${privatePort}/${protocol}`;
}

/** The published ports, each only once even if published for IPv4 and IPv6. */
export function publishedPorts(container: Container): Port[] {
  const seen = new Set<string>();
  return container.ports.filter(port => {
    if (port.publicPort === undefined || seen.has(portText(port))) return false;
    seen.add(portText(port));
    return true;
  });
}

/** An image's name, or its short id if it has none. */
export function imageText(image: string): string {
  return image.startsWith('sha256:') ? shortId(image) : image;
}

/**
 * The fields that the templates `quayside.containers.label` and `.description` may name; `label:KEY` is a label's
 * value.
 */
const fields: Readonly<Record<string, (container: Container, now: number) => string>> = {
  name: ({ name }) => name,
  id: ({ id }) => shortId(id),
  image: ({ image }) => imageText(image),
  status: statusText,
  state: ({ state }) => state,
  health: ({ health }) => health ?? '',
  ports: container => publishedPorts(container).map(portText).join(', '),
  command: ({ command }) => command,
  networks: ({ networks }) => networks.map(({ network }) => network).join(', '),
  project: ({ compose }) => compose?.project ?? '',
  service: ({ compose }) => compose?.service ?? '',
  created: ({ created }, now) => vscode.l10n.t('{0} ago', ageText(Math.max(0, now - created))),
};

/** The fields for figures; empty while there are none. */
const figureFields: Readonly<Record<string, (sample: StatsSample) => string>> = {
  cpu: ({ cpuPercent }) => written(cpuPercent, share => `${share.toFixed(2)}%`),
  memory: ({ memoryBytes }) => written(memoryBytes, memorySize),
  memoryLimit: ({ memoryLimitBytes }) => written(memoryLimitBytes, memorySize),
  processes: ({ processes }) => written(processes, String),
  received: ({ receivedRate }) => written(receivedRate, rateText),
  sent: ({ sentRate }) => written(sentRate, rateText),
  read: ({ readRate }) => written(readRate, rateText),
  written: ({ writtenRate }) => written(writtenRate, rateText),
};

function written(value: number | undefined, write: (value: number) => string): string {
  return value === undefined ? '' : write(value);
}

function rateText(bytes: number): string {
  return `${humanSize(Math.round(bytes))}/s`;
}

export function fillContainerTemplate(
  template: string,
  container: Container,
  now: number,
  sample?: StatsSample,
): string {
  return fillTemplate(template, name => {
    if (name.startsWith('label:')) return container.labels[name.slice(6)] ?? '';
    return own(fields, name)?.(container, now) ?? (sample ? own(figureFields, name)?.(sample) : undefined) ?? '';
  });
}

/** State and health as an icon: each pair has its own shape, and a colour of the theme. */
export function stateIcon({ state, health, exitCode }: Container): { icon: string; color: string } {
  switch (state) {
    case 'running':
      if (health === 'unhealthy') return { icon: 'warning', color: 'problemsErrorIcon.foreground' };
      if (health === 'starting') return { icon: 'watch', color: 'charts.yellow' };
      return { icon: health === 'healthy' ? 'pass-filled' : 'play-circle', color: 'charts.green' };
    case 'paused':
      return { icon: 'debug-pause', color: 'charts.yellow' };
    case 'restarting':
      return { icon: 'debug-restart', color: 'charts.orange' };
    case 'exited':
      return exitCode === 0
        ? { icon: 'circle-outline', color: 'disabledForeground' }
        : { icon: 'error', color: 'charts.red' };
    case 'created':
      return { icon: 'circle-large-outline', color: 'disabledForeground' };
    case 'removing':
      return { icon: 'trash', color: 'disabledForeground' };
    case 'dead':
      return { icon: 'circle-slash', color: 'charts.red' };
  }
}

/** `published`: there is a port to open; `addressed`: there is an address to copy. */
export function containerContextValue({ state, health, compose, ports, networks }: Container): string {
  const published = ports.some(isWebPort) && state === 'running';
  const addressed =
    ports.some(({ publicPort }) => publicPort !== undefined) ||
    networks.some(({ address, address6 }) => address || address6);
  return contextValue(
    'container',
    state,
    health,
    compose && 'compose',
    published && 'published',
    addressed && 'addressed',
  );
}

import * as vscode from 'vscode';
import { humanSize } from '../../../base/format';
import { type Json, text } from '../../../base/read';
import type { Engine } from '../../../engine/connection/engine';
import { changes as changesOf } from '../../../engine/objects/containers/changes';
import * as containers from '../../../engine/objects/containers/operations';
import * as images from '../../../engine/objects/images/operations';
import * as networks from '../../../engine/objects/networks';
import * as volumes from '../../../engine/objects/volumes';
import type { InspectedKind, TabContent, TabName } from '../protocol';
import { changes } from './container/changes';
import { environment } from './container/environment';
import { checkInterval } from './container/health';
import { mounts } from './container/mounts';
import { network } from './container/network';
import { overview as containerOverview } from './container/overview';
import { processes } from './container/processes';
import { layers } from './image/layers';
import { overview as imageOverview } from './image/overview';
import { drawing } from './network/drawing';
import { overview as networkOverview } from './network/overview';
import { raw } from './raw';
import type { Source } from './source';
import { overview as volumeOverview } from './volume/overview';

interface Options {
  signal?: AbortSignal;
}

/** A tab, and how it comes to its content. */
export type Tab = ReadableTab | StreamedTab;

export type ReadableTab = ReadableShape & (Derived | Asked);

interface TabShape {
  readonly tab: TabName;
  readonly title: () => string;
}

/** What comes by itself as long as it is shown. */
interface StreamedTab extends TabShape {
  readonly streamed: true;
}

interface ReadableShape extends TabShape {
  readonly streamed?: false;
  /** Milliseconds until it is read anew while it is shown, without an event. */
  readonly every?: (source: Source) => number | undefined;
  /** What is slow to be known of it, in words: put into the source under its name. */
  readonly slow?: { name: string; ask: (engine: Engine, source: Source, options: Options) => Promise<string> };
}

/** From what was read of the object. */
interface Derived {
  readonly asks?: false;
  readonly content: (source: Source) => TabContent;
}

/** What the engine is asked for besides. A Failure says why there is none. */
interface Asked {
  readonly asks: true;
  readonly content: (source: Source, engine: Engine, options: Options) => Promise<TabContent>;
}

interface KindShape {
  inspect: (engine: Engine, id: string, options: Options) => Promise<Json>;
  tabs: readonly Tab[];
}

const quickest = 2_000;

const overviewTitle = (): string => vscode.l10n.t('Overview');
const rawTab: ReadableTab = { tab: 'raw', title: () => vscode.l10n.t('Raw'), content: raw };

/** What each kind of object is inspected by. */
export const kinds: Readonly<Record<InspectedKind, KindShape>> = {
  container: {
    inspect: containers.inspect,
    tabs: [
      {
        tab: 'overview',
        title: overviewTitle,
        content: containerOverview,
        /** No event tells of a check whose outcome was as before. */
        every: ({ json }) => {
          const interval = checkInterval(json);
          return interval === undefined ? undefined : Math.max(quickest, interval);
        },
      },
      { tab: 'stats', title: () => vscode.l10n.t('Stats'), streamed: true },
      {
        tab: 'processes',
        title: () => vscode.l10n.t('Processes'),
        asks: true,
        content: processes,
        every: () => quickest,
      },
      { tab: 'environment', title: () => vscode.l10n.t('Environment'), content: environment },
      { tab: 'mounts', title: () => vscode.l10n.t('Mounts'), content: mounts },
      { tab: 'network', title: () => vscode.l10n.t('Network'), content: network },
      {
        tab: 'changes',
        title: () => vscode.l10n.t('Changes'),
        asks: true,
        content: async ({ json }, engine, options) => changes(await changesOf(engine, text(json['Id']), options)),
      },
      rawTab,
    ],
  },
  image: {
    inspect: images.inspect,
    tabs: [
      { tab: 'overview', title: overviewTitle, content: imageOverview },
      {
        tab: 'layers',
        title: () => vscode.l10n.t('Layers'),
        asks: true,
        content: async ({ json, ledger }, engine, options) =>
          layers(ledger, await images.history(engine, text(json['Id']), options)),
      },
      rawTab,
    ],
  },
  network: {
    inspect: networks.inspect,
    tabs: [
      { tab: 'overview', title: overviewTitle, content: networkOverview },
      { tab: 'drawing', title: () => vscode.l10n.t('Drawing'), content: drawing },
      rawTab,
    ],
  },
  volume: {
    inspect: volumes.inspect,
    tabs: [
      { tab: 'overview', title: overviewTitle, content: volumeOverview, slow: { name: 'size', ask: measure } },
      rawTab,
    ],
  },
};

async function measure(engine: Engine, { json }: Source, options: Options): Promise<string> {
  const bytes = await volumes.size(engine, text(json['Name']), options);
  if (bytes === undefined) return vscode.l10n.t('not told');
  return vscode.l10n.t('{0}, measured at {1}', humanSize(bytes), new Date().toLocaleTimeString());
}

import * as vscode from 'vscode';
import { type Json, record, records, text, texts } from '../base/read';
import type { AddedEndpoint, TlsFiles } from '../engine/endpoints/endpoint';

/**
 * The settings under `quayside.`, with the types that package.json declares. Values are checked where they are read.
 */
export const config = {
  get endpoint(): string {
    return read('endpoint', '');
  },
  get endpoints(): AddedEndpoint[] {
    return addedEndpoints(vscode.workspace.getConfiguration('quayside').get('endpoints'));
  },
  get containersGroupBy(): GroupBy {
    const value = read<string>('containers.groupBy', 'project');
    return groupings.find(grouping => grouping === value) ?? 'project';
  },
  get logsLocation(): TerminalPlace {
    return read<string>('logs.location', 'editor') === 'panel' ? 'panel' : 'editor';
  },
  /** How many lines a log begins with. */
  get logsTail(): number {
    return Math.min(maxTail, Math.max(0, Math.floor(read('logs.tail', 1_000))));
  },
  get logsFollowRecreated(): boolean {
    return read<boolean>('logs.followRecreated', true);
  },
  get containersLabel(): string {
    return template('containers.label', '${name}');
  },
  get shellLocation(): 'editor' | 'panel' {
    return read<string>('shell.location', 'panel') === 'editor' ? 'editor' : 'panel';
  },
  /** Shells to look for before bash, ash and sh. */
  get shells(): readonly string[] {
    const value: unknown = vscode.workspace.getConfiguration('quayside').get('shell.shells');
    return texts(value)
      .map(shell => shell.trim().replace(/\s+/g, ' '))
      .filter(Boolean);
  },
  get detachKeys(): string {
    return read('attach.detachKeys', 'ctrl-],ctrl-]');
  },
  /** Whether the Containers view shows figures. */
  get containersStats(): boolean {
    return read<boolean>('containers.stats', false);
  },
  get containersStatsColumns(): string {
    return template('containers.statsColumns', '${cpu} · ${memory}');
  },
  get containersDescription(): string {
    return template('containers.description', '${image} · ${status} · ${ports}');
  },
};

const maxTail = 100_000;
/** In characters. */
const longestTemplate = 1_000;

export const groupings = ['project', 'status', 'image', 'network', 'none'] as const;
export type GroupBy = (typeof groupings)[number];

/** The entries that have a name and an address: a hand-edited settings file may hold others. */
export function addedEndpoints(value: unknown): AddedEndpoint[] {
  return records(value).flatMap(entry => {
    const name = text(entry['name']).trim();
    const url = text(entry['url']).trim();
    const tls = entry['tls'];
    return name && url ? [{ name, url, ...(tls !== undefined && { tls: tlsFiles(record(tls)) }) }] : [];
  });
}

function tlsFiles(tls: Json): TlsFiles {
  const files = (['ca', 'cert', 'key'] as const).map(file => [file, text(tls[file]).trim()] as const);
  return { ...Object.fromEntries(files.filter(([, path]) => path)), skipVerify: tls['skipVerify'] === true };
}

/** A template is filled for each row that is drawn, so one that is longer than any sensible one is cut. */
function template(key: string, otherwise: string): string {
  return read(key, otherwise).slice(0, longestTemplate);
}

/** A value of another type than the default's counts as not set: a hand-edited settings file may hold anything. */
function read<T extends string | number | boolean>(key: string, otherwise: T): T {
  const value: unknown = vscode.workspace.getConfiguration('quayside').get(key);
  return typeof value === typeof otherwise && !Number.isNaN(value) ? (value as T) : otherwise;
}

/** Calls back when a setting under `quayside.<key>` changes. */
export function onConfigChange(key: string, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(`quayside.${key}`)) listener();
  });
}

export type TerminalPlace = 'editor' | 'panel';

import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onExit } from '../../support/cleanup';
import type { TestEngine } from '../../support/engines/engine';
import { rawApi } from '../../support/engines/rawEngine';
import { until } from '../../support/until';
import { openVscode, type Workbench } from '../../support/windows/browser';
import { startVscodeServer } from '../../support/windows/vscode';

/** A VS Code window of its own server, with the probe in its extension host. */
export interface ProbedWindow {
  readonly workbench: Workbench;
  /** Asks the probe to measure. */
  readonly measure: (what: string) => Promise<unknown>;
  readonly extensionHostPid: () => number;
  readonly dispose: () => Promise<void>;
}

export interface ProbedOptions {
  engine: TestEngine;
  /** The package to install; undefined for VS Code without it. */
  vsix: string | undefined;
  settings?: Readonly<Record<string, unknown>>;
}

const bareThings = [
  { command: 'bench.terminal.editor', title: 'Bare Terminal (editor)', icon: '$(terminal)' },
  { command: 'bench.terminal.panel', title: 'Bare Terminal (panel)', icon: '$(terminal)' },
  { command: 'bench.panel', title: 'Bare Panel', icon: '$(window)' },
];

/**
 * The probe's part of what a window shows: icons in the activity bar with a view of fixed rows and a view of one live row,
 * and icons on containers' rows that open a terminal or a panel of its own.
 */
const probeManifest = {
  name: 'probe',
  publisher: 'bench',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  main: './probe.js',
  activationEvents: ['onStartupFinished'],
  contributes: {
    viewsContainers: {
      activitybar: [
        { id: 'bench', title: 'Fixed Rows', icon: 'icon.svg' },
        { id: 'benchLive', title: 'Live Row', icon: 'icon.svg' },
      ],
    },
    views: {
      bench: [{ id: 'bench.rows', name: 'Fixed Rows' }],
      benchLive: [{ id: 'bench.live', name: 'Live Row' }],
    },
    commands: bareThings,
    menus: {
      'view/item/context': bareThings.map(({ command }) => ({
        command,
        when: 'view == quayside.containers',
        group: 'inline@9',
      })),
    },
  },
};

const hostLimit = 60_000;
/** VS Code starts its own extensions for a while. */
const settleMs = 3_000;

/** Opens a window and waits until its extension host is at rest. */
export async function openProbed({ engine, vsix, settings }: ProbedOptions): Promise<ProbedWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-bench-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  const forget = onExit(removeFolder);
  const socket = join(folder, 'probe.sock');
  const probe = await writeProbe(join(folder, 'probe'));
  const server = await startVscodeServer({
    ...(vsix !== undefined && { vsix }),
    ...(settings && { settings }),
    extensionPath: probe,
    testsPath: join(probe, 'probe.js'),
    env: { DOCKER_HOST: engine.host, QUAYSIDE_BENCH_SOCKET: socket },
  });
  const api = rawApi(socket);
  const measure = (what: string): Promise<unknown> => api('POST', `/${what}`);
  try {
    const workbench = await openVscode(server);
    await until('the extension host runs', () => server.extensionHostPids().length > 0, { timeout: hostLimit });
    await until('the probe listens', () => answers(api), { timeout: hostLimit, interval: 100 });
    await workbench.page.waitForTimeout(settleMs);
    const dispose = async (): Promise<void> => {
      await workbench.dispose();
      await server.dispose();
      removeFolder();
      forget();
    };
    return { workbench, measure, extensionHostPid: () => server.extensionHostPid(), dispose };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

async function writeProbe(folder: string): Promise<string> {
  await mkdir(folder);
  await copyFile(join(__dirname, 'probe.js'), join(folder, 'probe.js'));
  await copyFile(resolve('media/quayside.svg'), join(folder, 'icon.svg'));
  await writeFile(join(folder, 'package.json'), JSON.stringify(probeManifest));
  return folder;
}

async function answers(api: ReturnType<typeof rawApi>): Promise<boolean> {
  return api('POST', '/lists').then(
    () => true,
    () => false,
  );
}

import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { panelOpenedBy, untilPageIsFilled } from './inspector/inspectorPanels';
import { call, containerIn, emptyEngine, note, quayside, until } from './setup';

const cycles = process.env['QUAYSIDE_SOAK'] === '1' ? 500 : 4;
/** What VS Code and its caches keep of the first ones is not counted. */
const warmUp = 3;
const growthLimit = 20e6;

/** What the extension host holds after a full collection, in bytes. */
function held(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Sockets and pipes that are open, whoever opened them. */
function connections(): number {
  return process.getActiveResourcesInfo().filter(kind => /^(Pipe|TCP)/.test(kind)).length;
}

async function untilClosed(): Promise<void> {
  for (const terminal of vscode.window.terminals) terminal.dispose();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await until(
    'all is closed',
    () => vscode.window.terminals.length + vscode.window.tabGroups.all.flatMap(group => group.tabs).length === 0,
  );
}

/** What is opened, and how. */
const opened: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  'a log': id => call('quayside.container.showLogs', id),
  'a merged log': async id => call('quayside.container.showLogs', [id, await otherThan(id)]),
  'a shell': id => call('quayside.container.openShell', id),
  'a document of a log': id => call('quayside.container.openLogs', id),
  'an inspected container': id => call('quayside.container.inspect', id),
  'an inspector': id => untilPageIsFilled(() => call('quayside.container.openInspector', id)),
  'an inspector with all of its tabs': showEveryTab,
  'the views': async () => {
    await vscode.commands.executeCommand('workbench.view.extension.quayside');
    await vscode.commands.executeCommand('workbench.view.explorer');
  },
  'another session': async () => {
    const settings = vscode.workspace.getConfiguration('quayside');
    const socket = `unix://${process.env['QUAYSIDE_TEST_SOCKET'] ?? ''}`;
    const other = settings.get('endpoint') === socket ? undefined : socket;
    await settings.update('endpoint', other, vscode.ConfigurationTarget.Global);
    await (await quayside()).whenReady();
  },
};

async function showEveryTab(id: string): Promise<void> {
  const page = await panelOpenedBy(() => call('quayside.container.openInspector', id));
  await page.show('overview');
  for (const { tab } of page.head.tabs) await page.show(tab);
}

async function otherThan(id: string): Promise<string> {
  const rows = (await quayside()).list('container');
  return rows.find(row => row.id !== id)?.id ?? id;
}

describe('Opened and closed again and again', function () {
  this.timeout(60 * 60_000);
  let id = '';

  before(async () => {
    await emptyEngine();
    const command = ['sh', '-c', 'for i in 1 2 3; do echo line $i; done; sleep 1000000'];
    id = await containerIn('running', { name: 'web', command });
    await containerIn('running', { name: 'db', command });
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration('quayside')
      .update('endpoint', undefined, vscode.ConfigurationTarget.Global);
    await untilClosed();
    await emptyEngine();
  });

  for (const [what, open] of Object.entries(opened)) {
    it(`${what} leaves no connection, and the extension host as small as it was`, async () => {
      const cycle = async (): Promise<void> => {
        await open(id);
        await untilClosed();
      };
      for (let count = 0; count < warmUp; count++) await cycle();
      const before = { held: held(), connections: connections() };
      for (let count = 0; count < cycles; count++) await cycle();
      await until('no more connections are open than before', () => connections() <= before.connections);
      const growth = held() - before.held;
      note(`${cycles} cycles: ${(growth / 1e6).toFixed(1)} MB`);
      assert(growth < growthLimit, `${(growth / 1e6).toFixed(1)} MB`);
    });
  }
});

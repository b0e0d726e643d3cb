import { type Api, rawApi, removeEverything } from '../support/engines/rawEngine';
import { until } from '../support/until';
import { openVscode, type WindowOptions, type Workbench } from '../support/windows/browser';
import { needed, startVscodeServer, type VscodeOptions, type VscodeServer } from '../support/windows/vscode';
import type { Row } from '../support/windows/workbench/trees';

/** A VS Code with Quayside in it, in a window that a test drives. */
export interface Ui {
  readonly server: VscodeServer;
  readonly window: Workbench;
  dispose(): Promise<void>;
}

export interface UiOptions extends VscodeOptions, WindowOptions {}

/** VS Code offers to open each port that somebody listens on, in a message above what is tested. */
const quiet = { 'remote.autoForwardPorts': false };

/**
 * Starts a server and opens a window on it. Whoever opens it disposes it. A package is tried in a VS Code with all that
 * belongs to it.
 */
export async function openUi({ size, ...options }: UiOptions = {}): Promise<Ui> {
  const settings = { ...quiet, ...options.settings };
  const server = await startVscodeServer({
    ...(options.vsix === undefined && { builtIns: needed }),
    ...options,
    settings,
  });
  try {
    const window = await openVscode(server, size ? { size } : {});
    const dispose = async (): Promise<void> => {
      await window.dispose();
      await server.dispose();
    };
    return { server, window, dispose };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

/** The raw API of the engine that the runner gives to the ui tests. */
export function partEngine(): Api {
  const socket = process.env['QUAYSIDE_TEST_SOCKET'];
  if (socket === undefined)
    throw new Error('QUAYSIDE_TEST_SOCKET names no engine: run these tests by npm run test:ui.');
  return rawApi(socket);
}

/** The part's engine, with nothing but busybox:latest in it. */
export async function emptyPartEngine(): Promise<Api> {
  const api = partEngine();
  await removeEverything(api);
  const images = (await api('GET', '/images/json?all=1')) as { Id: string; RepoTags: string[] | null }[];
  for (const { Id, RepoTags } of images) {
    for (const tag of RepoTags ?? [Id]) {
      if (tag !== 'busybox:latest') await api('DELETE', `/images/${tag === '<none>:<none>' ? Id : tag}?force=1`);
    }
  }
  return api;
}

/** Long enough for a busy machine; what is waited for usually takes a fraction of a second. */
const limit = 20_000;

/** Waits until a view's rows fit, and returns them; fails with the rows that it last saw. */
export async function untilRows(
  window: Workbench,
  view: string,
  what: string,
  fits: (rows: readonly Row[]) => boolean,
): Promise<readonly Row[]> {
  let last: readonly Row[] = [];
  try {
    await until(what, async () => fits((last = await window.rows(view))), { timeout: limit, interval: 100 });
  } catch (error) {
    throw new Error(`${what}. The rows of ${view} were:\n${outline(last).join('\n')}`, { cause: error });
  }
  return last;
}

/** Waits until a view shows exactly this outline (see {@link outline}). */
export async function untilOutline(window: Workbench, view: string, lines: readonly string[]): Promise<void> {
  const wanted = lines.join('\n');
  await untilRows(window, view, `${view} shows\n${wanted}\n`, rows => outline(rows).join('\n') === wanted);
}

/** Waits until a condition holds that reads the window. */
export function untilTrue(what: string, condition: () => Promise<boolean>): Promise<true> {
  return until(what, condition, { timeout: limit, interval: 100 });
}

/** Rows as lines of text: two spaces for each level, the label, and the description behind a bar. */
export function outline(rows: readonly Row[]): string[] {
  return rows.map(
    ({ level, label, description }) =>
      `${'  '.repeat(level - 1)}${label}${description === '' ? '' : ` | ${settled(description)}`}`,
  );
}

/** Words that tell an age differ from run to run. */
export function settled(description: string): string {
  const age = String.raw`(?:Less than a second|About an? (?:minute|hour)|\d+ \w+)`;
  return description
    .replace(new RegExp(`Up ${age}`), 'Up …')
    .replace(new RegExp(`\\) ${age} ago`), ') … ago')
    .replace(new RegExp(`· ${age} ago`), '· … ago');
}

/** The row with this label; fails when there is none. */
export function rowOf(rows: readonly Row[], label: string): Row {
  const row = rows.find(candidate => candidate.label === label);
  if (!row) throw new Error(`There is no row "${label}" in\n${outline(rows).join('\n')}`);
  return row;
}

/** Keeps a picture of the window whenever a test of this suite fails: out/screenshots/failed-….png. */
export function pictureFailures(current: () => Ui | undefined): void {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await current()?.window.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
  });
}

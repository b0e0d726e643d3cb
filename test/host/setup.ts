import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Kind } from '../../src/engine/mirror/kinds';
import type { QuaysideApi } from '../../src/ui/api';
import type { Subject } from '../../src/ui/objects/subject';
import {
  ApiError,
  type ContainerOptions,
  createContainer,
  quickest,
  rawApi,
  removeEverything,
} from '../support/engines/rawEngine';
import { writeResult } from '../support/run/results';
import { until as untilWithin } from '../support/until';

/** Waits for what usually comes in milliseconds, with patience for a busy machine. */
export function until(what: string, condition: () => unknown): Promise<unknown> {
  return untilWithin(what, condition, { timeout: 20_000, interval: 25 });
}

/** The engine that all host tests share, seen without Quayside. */
export const api = rawApi(process.env['QUAYSIDE_TEST_SOCKET'] ?? '');

/** Tells something, e.g. a figure, among the results: what the extension host prints nobody sees. */
export function note(text: string): void {
  writeResult(process.env['QUAYSIDE_TEST_RESULTS'] ?? '', { event: 'note', text });
}

/** The extension's public API. */
export async function quayside(): Promise<QuaysideApi> {
  const extension = vscode.extensions.getExtension<QuaysideApi>('quayside.quayside');
  assert(extension, 'the extension is installed');
  return extension.activate();
}

/** Empties the engine but for its images, and waits until Quayside has its rows. */
export async function emptyEngine(): Promise<void> {
  await removeEverything(api);
  const rows = await quayside();
  await rows.whenReady();
  await until('the rows are gone', () => rows.list('container').length + rows.list('volume').length === 0);
}

/** Waits until Quayside's rows have these ids (names of volumes). */
export async function listed(kind: Kind, ...ids: readonly string[]): Promise<void> {
  const rows = await quayside();
  await until(`${kind} ${ids.join(', ')} is listed`, () => {
    const known = new Set(rows.list(kind).map(({ id }) => id));
    return ids.every(id => known.has(id));
  });
}

/** Waits until Quayside has no row of it any more. */
export async function unlisted(kind: Kind, id: string): Promise<void> {
  const rows = await quayside();
  await until(`${kind} ${id} is listed no more`, () => rows.list(kind).every(row => row.id !== id));
}

/** Calls a command as programs do, and as menus do when given nodes. */
export async function call(command: string, ...args: readonly unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(command, ...args);
}

/** A row of a tree as VS Code passes it to a command. */
export function node(subject: Subject): { subject: Subject } {
  return { subject };
}

export function containerNode(id: string): { subject: Subject } {
  return node({ kind: 'container', id });
}

/** The message of a rejection, which is one sentence on one line. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const outcome = await work.then(
    value => `it was done: ${JSON.stringify(value)}`,
    (error: unknown) => error,
  );
  assert(outcome instanceof Error, String(outcome));
  assertSentence(outcome.message);
  return outcome.message;
}

/** One line with no end, short enough to be read. */
export function assertSentence(message: string): void {
  assert.match(message, /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2060]*(?:\u2060[^\p{Cc}\p{Zl}\p{Zp}]*)*$/u);
  assert(!message.endsWith('.') && message.length <= 1_500, message);
}

/** A container that starts and ends quickly: no network of its own, and a first signal that ends it; returns its id. */
export function newContainer(options: ContainerOptions = {}): Promise<string> {
  const host = options.host ?? quickest;
  return createContainer(api, { ...options, host, extra: { StopSignal: 'SIGKILL', ...options.extra } });
}

export type State = 'created' | 'running' | 'paused' | 'exited';

/** A container in a state, which Quayside's rows have already; returns its id. */
export async function containerIn(state: State, options: ContainerOptions = {}): Promise<string> {
  const id = await newContainer(options);
  if (state !== 'created') await api('POST', `/containers/${id}/start`);
  if (state === 'paused') await api('POST', `/containers/${id}/pause`);
  if (state === 'exited') await api('POST', `/containers/${id}/kill`);
  await showing(id, state);
  return id;
}

/** Waits until Quayside's row of a container shows a state. */
export async function showing(id: string, state: string): Promise<void> {
  const rows = await quayside();
  await until(`${id} is listed as ${state}`, () =>
    rows.list('container').some(row => row.id === id && row.state === state),
  );
}

/** A container's state as the engine has it; `gone` when it has none. */
export async function stateOf(id: string): Promise<string> {
  const answer = await inspect<{ State: { Status: string } }>(`/containers/${id}/json`);
  return answer?.State.Status ?? 'gone';
}

/** What the engine answers; undefined when it knows no such object. */
export async function inspect<T>(path: string): Promise<T | undefined> {
  try {
    return (await api('GET', path)) as T;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

import * as vscode from 'vscode';
import { BatchedReads } from '../../engine/connection/batchedReads';
import type { Connection } from '../../engine/connection/connection';
import type { Engine } from '../../engine/connection/engine';
import { findOutcome, type Patience } from '../../engine/connection/outcome';
import { isEngineError } from '../../engine/errors';
import { isCanceled } from '../failure';
import type { ObjectKind, Target } from '../objects/object';
import { causeOf } from '../text';
import type { Action } from './action';

/** What the engine shows of some work: whether it was done, with which result, and how the object is now. */
export type Found<R> = { done: true; result: R; state: string } | { done: false; state: string };

/** How to find out what became of some work, and on which connection. */
export interface LookUp<R> {
  connection: Connection;
  look: (engine: Engine, signal: AbortSignal) => Promise<Found<R>>;
  /** Milliseconds that the engine may go on working. */
  patience?: Patience | undefined;
  settle?: ((engine: Engine, signal: AbortSignal) => Promise<unknown>) | undefined;
}

/**
 * Does work that changes something. When the engine's answer is lost, this does not repeat the work but looks up what
 * became of it: `lost` then says how the object is now. Rejects with the cause when the work is not done, or when
 * nobody knows.
 */
export async function unlessLost<R>(
  lookUp: LookUp<R> | undefined,
  signal: AbortSignal,
  work: () => Promise<R>,
): Promise<{ result: R; lost?: string }> {
  const url = lookUp?.connection.engine?.endpoint.url ?? '';
  try {
    return { result: await work() };
  } catch (error) {
    if (!lookUp || !isEngineError(error) || !error.answerLost) throw error;
    const { connection, look, patience, settle } = lookUp;
    const options = { signal, settle, patience };
    const found = await findOutcome(connection, { url }, look, options).catch((cause: unknown) => {
      throw isCanceled(cause) ? cause : notKnown(cause);
    });
    if (found.done) return { result: found.result, lost: found.state };
    throw new Error(vscode.l10n.t('the connection was lost, and {0}', found.state), { cause: error });
  }
}

function notKnown(cause: unknown): Error {
  const message = vscode.l10n.t('the connection was lost, and what was done is not known ({0})', causeOf(cause));
  return new Error(message, { cause });
}

/** The message that work is done although the engine's answer was lost. `what` is a quoted name, or a count. */
export function lostButDone(what: string, states: readonly string[]): string {
  const [state, other] = states;
  return other === undefined && state !== undefined
    ? vscode.l10n.t('The connection was lost while the engine worked on {0}; {1}', what, state)
    : vscode.l10n.t('The connection was lost while the engine worked on {0}; all the same it is done', what);
}

/**
 * Looks up an action's targets in shared requests. Gives undefined where the action does not say how its work shows.
 */
export function targetLookUps<T extends Target>(
  connection: Connection,
  action: Looked<T>,
  signal: AbortSignal,
): (before: T) => LookUp<unknown> | undefined {
  const { fetch } = action.kind;
  if (!fetch) return () => undefined;
  const reads = new BatchedReads(fetch, signal);
  return before => targetLookUp(connection, action, before, reads);
}

function targetLookUp<T extends Target>(
  connection: Connection,
  { kind: { settle, state: stateOf }, isDone, patience }: Looked<T>,
  before: T,
  reads: BatchedReads<T>,
): LookUp<unknown> | undefined {
  if (!isDone) return undefined;
  const begun = Date.now();
  const look = async (engine: Engine): Promise<Found<unknown>> => {
    const all = await reads.read(engine, before.id);
    const now = all.find(({ id, name }) => (before.id === '' ? name === before.name : id === before.id));
    const state = now ? (stateOf?.(now) ?? vscode.l10n.t('it is still there')) : vscode.l10n.t('it is gone');
    return { done: isDone(now, before, begun), result: undefined, state };
  };
  return {
    connection,
    look,
    patience: patience && ((engine, signal) => patience(engine, before, signal)),
    settle: settle && ((engine, signal) => settle(engine, before, signal)),
  };
}

interface Looked<T extends Target> extends Pick<Action<T>, 'isDone' | 'patience'> {
  kind: Partial<Pick<ObjectKind<T>, 'fetch' | 'settle' | 'state'>>;
}

/** The `isDone` of a removal. */
export function isGone(now: object | undefined): boolean {
  return now === undefined;
}

/** Looks up some work among all objects of a kind. */
export function lookUpAmong<T extends Target, R>(
  { connection }: { connection: Connection },
  { fetch }: Pick<ObjectKind<T>, 'fetch'>,
  see: (all: readonly T[]) => Found<R>,
): LookUp<R> {
  return { connection, look: async (engine, signal) => see(await fetch(engine, signal)) };
}

/** Whether an object of that name was made, and its id. */
export function made(all: readonly (Target & { row: { name: string } })[], name: string): Found<string> {
  const target = all.find(({ row }) => row.name === name);
  return target
    ? { done: true, result: target.id, state: vscode.l10n.t('it is there') }
    : { done: false, state: vscode.l10n.t('it is not there') };
}

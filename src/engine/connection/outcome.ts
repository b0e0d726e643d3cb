import { delay, withDeadline } from '../../base/abort';
import { waitFor } from '../../base/wait';
import { connectionClosed, EngineError, isEngineError, isGateways } from '../errors';
import type { Connection } from './connection';
import type { Engine } from './engine';

/** For how many milliseconds an engine may still work on a change. A function asks the engine. */
export type Patience = number | ((engine: Engine, signal: AbortSignal) => Promise<number>);

export interface OutcomeOptions {
  signal?: AbortSignal | undefined;
  /** An engine that lost the caller may still be at work: the change is not called undone before this time. */
  patience?: Patience | undefined;
  /** How long the engine may stay away, in milliseconds. */
  absence?: number;
  /** Resolves when the engine does not work on the object any more: the change is not called undone before that. */
  settle?: ((engine: Engine, signal: AbortSignal) => Promise<unknown>) | undefined;
}

const usualPatience = 2_000;
const usualAbsence = 30_000;
const pauseMs = 200;

/**
 * Finds out what became of a change whose answer was lost (see `EngineError.answerLost`). As soon as the same engine
 * answers again, it looks until the change is done, or until the patience has ended and the engine has settled. It
 * gives what it saw last. It never sends the change again. When the engine stays away, the outcome remains unknown:
 * rejects with an EngineError or a DeadlineError.
 */
export async function findOutcome<S extends { done: boolean }>(
  connection: Connection,
  { url }: { url: string },
  look: (engine: Engine, signal: AbortSignal) => Promise<S>,
  options: OutcomeOptions = {},
): Promise<S> {
  const watching = connection.watch();
  if (connection.state.kind !== 'connected') connection.hurry();
  try {
    return await lookUntilDone(connection, url, look, options);
  } finally {
    watching.dispose();
  }
}

async function lookUntilDone<S extends { done: boolean }>(
  connection: Connection,
  url: string,
  look: (engine: Engine, signal: AbortSignal) => Promise<S>,
  { signal: outer, patience = usualPatience, absence = usualAbsence, settle }: OutcomeOptions,
): Promise<S> {
  const told = await withDeadline(absence, outer, signal => askPatience(connection, patience, signal));
  return withDeadline(absence + told, outer, async signal => {
    let end: number | undefined;
    let settled = settle === undefined;
    for (;;) {
      const engine = await connectedEngine(connection, signal);
      if (engine.endpoint.url !== url) throw new EngineError('unreachable', { code: 'anotherEngineConnected' });
      const seen = await look(engine, signal).catch((error: unknown) => unlessLost(error, signal));
      end ??= seen && performance.now() + told;
      const isOver = seen && performance.now() >= (end ?? 0);
      if (seen && (seen.done || (isOver && settled))) return seen;
      if (isOver) settled = await hasSettled(settle?.(engine, signal), signal);
      else await delay(pauseMs, signal);
    }
  });
}

/** The patience that the engine tells, or the usual one when it tells none, e.g. because the object is gone. */
async function askPatience(connection: Connection, patience: Patience, signal: AbortSignal): Promise<number> {
  if (typeof patience === 'number') return patience;
  for (;;) {
    const engine = await connectedEngine(connection, signal);
    try {
      return await patience(engine, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      if (isAnswer(error)) return usualPatience;
      await delay(pauseMs, signal);
    }
  }
}

/** Whether the engine has settled: it said so, or it said that the object is gone. */
async function hasSettled(settling: Promise<unknown> | undefined, signal: AbortSignal): Promise<boolean> {
  try {
    await settling;
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    return isAnswer(error);
  }
}

/** Lets pass that the connection is lost, even if it has not noticed that yet. Throws everything else. */
function unlessLost(error: unknown, signal: AbortSignal): undefined {
  if (signal.aborted || isAnswer(error) || !isEngineError(error, 'unreachable', 'failed')) throw error;
  return undefined;
}

function isAnswer(error: unknown): boolean {
  return isEngineError(error) && error.status !== undefined && !isGateways(error);
}

/**
 * The engine of a connection, as soon as it answers. Rejects with the signal's reason, or when the connection is
 * closed.
 */
export async function connectedEngine(connection: Connection, signal: AbortSignal): Promise<Engine> {
  const now = (): Engine | undefined => (connection.state.kind === 'connected' ? connection.engine : undefined);
  try {
    return await waitFor(connection.onDidChangeState, now, signal, connection.ended);
  } catch (error) {
    throw signal.aborted ? error : connectionClosed();
  }
}

import { nextEvent } from '../../base/wait';
import { Connection, type ConnectionState } from '../../engine/connection/connection';
import { type EngineIdentity, pingTime } from '../../engine/connection/identity';
import type { Endpoint } from '../../engine/endpoints/endpoint';
import type { SessionParts } from './session';

/** The result of a successful test of a connection. */
export interface Probe {
  identity: EngineIdentity;
  /** Milliseconds that the engine took to answer once it was connected. */
  ms: number;
}

/** Connects to an engine once, asks who it is, and leaves. Rejects with an EngineError when it does not answer. */
export async function probe(endpoint: Endpoint, parts: SessionParts, signal: AbortSignal): Promise<Probe> {
  const connection = new Connection({ ...parts, candidates: () => [endpoint] });
  try {
    const state = await settled(connection, signal);
    if (state.kind === 'unreachable') throw state.attempts[0]?.error ?? new Error('No endpoint was tried');
    const { client, identity } = state.engine;
    return { identity, ms: await pingTime(client, { signal }) };
  } finally {
    connection.dispose();
  }
}

type Settled = Exclude<ConnectionState, { kind: 'connecting' }>;

function settled(connection: Connection, signal: AbortSignal): Promise<Settled> {
  const take = (state: ConnectionState): Settled | undefined => (state.kind === 'connecting' ? undefined : state);
  const next = nextEvent(connection.onDidChangeState, take, signal);
  connection.start();
  return next;
}

import type { EngineClient } from '../client/client';
import type { Endpoint } from '../endpoints/endpoint';
import type { EngineIdentity } from './identity';

/** A connected engine: the first argument of every operation. */
export interface Engine {
  readonly client: EngineClient;
  readonly endpoint: Endpoint;
  readonly identity: EngineIdentity;
  /** A new client of the same engine, over the same login while that holds. The caller closes it. */
  reopen(): EngineClient;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

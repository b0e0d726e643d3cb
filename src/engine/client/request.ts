/** A request to the Engine API. `path` is unversioned and already encoded, e.g. `/containers/abc/start`. */
export interface EngineRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Values that are objects are sent as JSON, which the API's `filters` need. Undefined values are left out. */
  query?: Record<string, string | number | boolean | object | undefined>;
  body?: object;
  signal?: AbortSignal | undefined;
}

/** A request that was sent, as the log channel shows it: never with a body. */
export interface RequestRecord {
  method: string;
  path: string;
  /** The answer's HTTP status, or 0 when none came. */
  status: number;
  /** How long the head of the answer took, in milliseconds. */
  ms: number;
}

/** A request to the Engine API. `path` is unversioned and already encoded, e.g. `/containers/abc/start`. */
export interface EngineRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Values that are objects are sent as JSON, as the API's `filters` want it; undefined ones are left out. */
  query?: Record<string, string | number | boolean | object | undefined>;
  body?: object;
  signal?: AbortSignal | undefined;
}

/** One request made: what the log channel shows. Bodies are never part of it. */
export interface RequestRecord {
  method: string;
  path: string;
  /** The answer's HTTP status, or 0 when none came. */
  status: number;
  /** Until the answer's head, in milliseconds. */
  ms: number;
}

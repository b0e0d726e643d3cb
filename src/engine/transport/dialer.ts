import type { Duplex } from 'node:stream';

/** Makes the connections to one address. */
export interface Dialer {
  open(signal: AbortSignal | undefined): Promise<void>;
  /** A new connection. After `open` it is returned at once, so that an agent counts it before it makes the next one. */
  connect(): Duplex | Promise<Duplex>;
  explain(error: unknown): unknown;
  close(): void;
}

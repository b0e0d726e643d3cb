import type { Duplex } from 'node:stream';

/** Makes connections of one kind. */
export interface Dialer {
  open(signal: AbortSignal | undefined): Promise<void>;
  /** A new connection. At once after `open`, so that an agent counts it before it makes the next. */
  connect(): Duplex | Promise<Duplex>;
  explain(error: unknown): unknown;
  close(): void;
}

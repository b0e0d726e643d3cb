import type { Handler } from '../run';
import type { Readers } from './documents';

/** The commands on one kind of object, and what reads its documents. */
export interface ObjectCommands {
  readonly commands: Readonly<Record<string, Handler>>;
  readonly readers?: Readers;
}

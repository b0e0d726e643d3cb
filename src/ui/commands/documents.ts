import { type Json, own } from '../../base/read';
import type { Engine } from '../../engine/connection/engine';
import type { DocumentSource } from '../documents';

/** Reads from the engine what a document shows. JSON is laid out for reading. */
export type Reader = (engine: Engine, id: string, options: { signal: AbortSignal }) => Promise<Json | string>;

/** Readers by the kind of their document's source. */
export type Readers = Readonly<Record<string, Reader>>;

/** The text of a document: what the engine says now. */
export async function readText(
  readers: Readers,
  engine: Engine,
  { kind, id }: DocumentSource,
  signal: AbortSignal,
): Promise<string> {
  const answer = await own(readers, kind)?.(engine, id, { signal });
  return typeof answer === 'string' ? answer : `${JSON.stringify(answer ?? {}, null, 2)}\n`;
}

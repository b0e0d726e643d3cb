import { delay } from '../../base/abort';
import type { Engine } from './engine';

/** Work on many objects asks for all of them at about the same time; this is long enough to gather what it asks for. */
const gatherMs = 50;

/** Reads the objects of one kind: those with the given ids, or all of them. */
export type Fetch<T> = (engine: Engine, signal: AbortSignal, ids?: readonly string[]) => Promise<readonly T[]>;

interface Batch<T> {
  engine: Engine;
  ids: Set<string>;
  rows: Promise<readonly T[]>;
}

/**
 * Reads objects of one kind by their ids. What is asked for at about the same time is read in one list of just that.
 */
export class BatchedReads<T> {
  #next: Batch<T> | undefined;

  /** @param signal ends the reads that are under way. */
  constructor(
    private readonly fetch: Fetch<T>,
    private readonly signal: AbortSignal,
  ) {}

  /** Reads, after this call, the object with that id, if it is there, among others; all objects for ''. */
  read(engine: Engine, id: string): Promise<readonly T[]> {
    if (this.#next?.engine !== engine) this.#next = this.#begin(engine);
    this.#next.ids.add(id);
    return this.#next.rows;
  }

  #begin(engine: Engine): Batch<T> {
    const ids = new Set<string>();
    const read = async (): Promise<readonly T[]> => {
      await delay(gatherMs, this.signal);
      if (this.#next?.ids === ids) this.#next = undefined;
      return this.fetch(engine, this.signal, ids.has('') ? undefined : [...ids]);
    };
    return { engine, ids, rows: read() };
  }
}

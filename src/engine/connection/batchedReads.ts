import { delay } from '../../base/abort';
import type { Engine } from './engine';

/** Those who look again and again are in step from their first look on, and this is long enough to gather them. */
const gatherMs = 50;

/** Reads the objects of one kind: those with the given ids, or all of them. */
export type Fetch<T> = (engine: Engine, signal: AbortSignal, ids?: readonly string[]) => Promise<readonly T[]>;

interface Batch<T> {
  engine: Engine;
  ids: Set<string>;
  answer: Promise<readonly T[]>;
}

/** Looks at many objects of one kind: those that are asked for at about the same time are read in one list of just them. */
export class BatchedReads<T> {
  #next: Batch<T> | undefined;

  /** @param signal ends what is under way. */
  constructor(
    private readonly fetch: Fetch<T>,
    private readonly signal: AbortSignal,
  ) {}

  /** The object with that id, if it is there, among others; all objects for ''. Read after this call, never before. */
  at(engine: Engine, id: string): Promise<readonly T[]> {
    if (this.#next?.engine !== engine) this.#next = this.#begin(engine);
    this.#next.ids.add(id);
    return this.#next.answer;
  }

  #begin(engine: Engine): Batch<T> {
    const ids = new Set<string>();
    const read = async (): Promise<readonly T[]> => {
      await delay(gatherMs, this.signal);
      if (this.#next?.ids === ids) this.#next = undefined;
      return this.fetch(engine, this.signal, ids.has('') ? undefined : [...ids]);
    };
    return { engine, ids, answer: read() };
  }
}

import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/**
 * What a running suite tells, one JSON line each: how results leave the extension host. `file` is the compiled file that
 * holds the test; a failure outside of any test has none.
 */
export type ResultEvent =
  | { event: 'suite'; title: string; depth: number }
  | { event: 'pass'; title: string; depth: number; file?: string; milliseconds: number }
  | { event: 'fail'; title: string; depth: number; file?: string; fullTitle: string; message: string }
  /** A note that is no result, e.g. a figure. */
  | { event: 'note'; text: string }
  | { event: 'end' };

/** Appends an event to a result file. */
export function writeResult(file: string, event: ResultEvent): void {
  appendFileSync(file, `${JSON.stringify(event)}\n`);
}

/** Reads a growing result file; each call returns the events that came since the last. */
export function resultReader(file: string): () => ResultEvent[] {
  let read = 0;
  return () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    const complete = lines.slice(read, -1);
    read += complete.length;
    return complete.map(line => JSON.parse(line) as ResultEvent);
  };
}

import { delay, LinkedAbort } from '../base/async';
import type { LogItem } from './logFollow';
import type { LogRecord } from './logRecords';
import type { Nanoseconds } from './logTimes';

/** What came of one of several logs. */
export interface MergedItem {
  source: string;
  item: LogItem;
}

interface Entry {
  time: Nanoseconds;
  item: { record: LogRecord } | { notice: LogItem };
}

/** One log on its way into the merged one. */
interface Lane {
  source: string;
  queue: Entry[];
  /** When something came of it last, by performance.now(). */
  lastAt: number;
  ended: boolean;
  /** Lets it be read on. */
  room: (() => void) | undefined;
}

/** A log that gave nothing for this long, in milliseconds, is not waited for. */
const settleMs = 200;
const maxQueued = 2_000;
const maxBatch = 500;

/**
 * Merges the lines of several logs in the order of their times: a line waits until every other log has given a later one or
 * nothing for a moment. A log that is ahead of the others is not read on. Logs may join at any time.
 */
export class LogMerge {
  readonly #lanes = new Map<string, Lane>();
  #wake: (() => void) | undefined;
  #failure: { error: unknown } | undefined;

  constructor(private readonly signal: AbortSignal) {}

  /** Adds a log; one of a source that is there already is passed over. */
  add(source: string, items: AsyncIterable<LogItem>): void {
    if (this.#lanes.has(source)) return;
    const lane: Lane = { source, queue: [], lastAt: performance.now(), ended: false, room: undefined };
    this.#lanes.set(source, lane);
    void this.#fill(lane, items);
  }

  /** Everything in order, without end: logs may still join. Rejects when one fails, and when the signal is aborted. */
  async *items(): AsyncGenerator<MergedItem> {
    while (!this.signal.aborted) {
      const batch = this.#takeReady();
      if (batch.length > 0) yield* grouped(batch);
      else if (this.#failure) throw this.#failure.error;
      else await this.#somethingNew();
    }
  }

  async #fill(lane: Lane, items: AsyncIterable<LogItem>): Promise<void> {
    let time: Nanoseconds = 0n;
    try {
      for await (const item of items) {
        if ('records' in item) {
          for (const record of item.records) {
            if (record.time > time) time = record.time;
            lane.queue.push({ time, item: { record } });
          }
        } else lane.queue.push({ time, item: { notice: item } });
        lane.lastAt = performance.now();
        this.#wake?.();
        if (lane.queue.length > maxQueued) await new Promise<void>(resolve => (lane.room = resolve));
        if (this.signal.aborted) return;
      }
    } catch (error) {
      this.#failure = { error };
    }
    lane.ended = true;
    this.#wake?.();
  }

  #takeReady(): { lane: Lane; entry: Entry }[] {
    const batch: { lane: Lane; entry: Entry }[] = [];
    const now = performance.now();
    const lanes = [...this.#lanes.values()];
    while (batch.length < maxBatch) {
      if (lanes.some(lane => lane.queue.length === 0 && !lane.ended && now - lane.lastAt < settleMs)) break;
      const lane = lanes.reduce<Lane | undefined>(earlier, undefined);
      const entry = lane?.queue.shift();
      if (!lane || !entry) break;
      batch.push({ lane, entry });
    }
    for (const lane of lanes) {
      if (lane.queue.length > maxQueued / 2) continue;
      lane.room?.();
      lane.room = undefined;
    }
    return batch;
  }

  /** Until a log has given something, or one that is waited for has been quiet for long enough. */
  async #somethingNew(): Promise<void> {
    const abort = new LinkedAbort(this.signal);
    const waiting = [...this.#lanes.values()].some(({ queue }) => queue.length > 0);
    const woken = new Promise<void>(resolve => {
      this.#wake = resolve;
      abort.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const settled = delay(settleMs / 4, abort.signal).catch(() => undefined);
    await (waiting ? Promise.race([woken, settled]) : woken);
    this.#wake = undefined;
    abort.abort();
    abort.dispose();
  }
}

function earlier(first: Lane | undefined, lane: Lane): Lane | undefined {
  const head = lane.queue[0];
  if (!head) return first;
  const other = first?.queue[0];
  return other && other.time <= head.time ? first : lane;
}

/** Neighbouring lines of one source together. */
function* grouped(batch: readonly { lane: Lane; entry: Entry }[]): Generator<MergedItem> {
  let records: LogRecord[] = [];
  let source = '';
  for (const { lane, entry } of batch) {
    if (records.length > 0 && (lane.source !== source || 'notice' in entry.item)) {
      yield { source, item: { records } };
      records = [];
    }
    ({ source } = lane);
    if ('notice' in entry.item) yield { source, item: entry.item.notice };
    else records.push(entry.item.record);
  }
  if (records.length > 0) yield { source, item: { records } };
}

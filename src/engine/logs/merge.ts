import { delay, first } from '../../base/abort';
import { Emitter } from '../../base/event';
import { nextEvent } from '../../base/wait';
import type { LogItem } from './follow';
import type { LogRecord } from './records';
import type { Nanoseconds } from './times';

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
  /** Of the lines in it. */
  bytes: number;
  /** Until when what it gives next is waited for, by performance.now(). */
  awaitedUntil: number;
  ended: boolean;
  /** Lets it be read on. */
  room: (() => void) | undefined;
}

/** How a log begins: it calls `opened` when the engine has begun to answer. */
export type BeginLog = (opened: () => void) => AsyncIterable<LogItem>;

/** A log that gave nothing for this long, in milliseconds, is not waited for. */
const settleMs = 200;
/** Nor is one that has neither opened nor given anything for this long. */
const openMs = 5_000;
const maxQueued = 2_000;
const maxQueuedBytes = 4 * 1024 * 1024;
const maxBatch = 500;

/**
 * Merges the lines of several logs in the order of their times: a line waits until every other log has given a later one or
 * nothing for a moment, or for some seconds while it is still being opened. A log that is ahead of the others is not read
 * on. Logs may join at any time.
 */
export class LogMerge {
  readonly #lanes = new Map<string, Lane>();
  /** Fires when a log has given something, or has ended, or no more logs join. */
  readonly #news = new Emitter<void>();
  #failure: { error: unknown } | undefined;
  #complete = false;
  #left = false;

  constructor(private readonly signal: AbortSignal) {}

  /** Adds a log; one of a source that is still there is passed over. */
  add(source: string, begin: BeginLog): void {
    if (this.#left || this.#lanes.has(source)) return;
    const lane: Lane = {
      ...{ source, queue: [], bytes: 0, ended: false, room: undefined },
      awaitedUntil: performance.now() + openMs,
    };
    this.#lanes.set(source, lane);
    void this.#fill(lane, begin);
  }

  /** Says that no more logs join: the merged one ends with the last of them. */
  complete(): void {
    this.#complete = true;
    this.#news.fire();
  }

  /**
   * Everything in order, without end while logs may still join. Rejects when one fails; ends when the signal is aborted.
   * Whoever leaves the loop lets the logs go, as soon as they give something or their own signal is aborted.
   */
  async *items(): AsyncGenerator<MergedItem> {
    try {
      while (!this.signal.aborted) {
        const batch = this.#takeReady();
        if (batch.length > 0) yield* grouped(batch);
        else if (this.#failure) throw this.#failure.error;
        else if (this.#complete && this.#lanes.size === 0) return;
        else await this.#somethingNew();
      }
    } finally {
      this.#left = true;
      for (const lane of this.#lanes.values()) lane.room?.();
    }
  }

  async #fill(lane: Lane, begin: BeginLog): Promise<void> {
    let time: Nanoseconds = 0n;
    const settles = (): void => {
      lane.awaitedUntil = performance.now() + settleMs;
    };
    try {
      for await (const item of begin(settles)) {
        if ('records' in item) {
          for (const record of item.records) {
            if (record.time > time) time = record.time;
            lane.queue.push({ time, item: { record } });
            lane.bytes += record.bytes.length;
          }
        } else lane.queue.push({ time, item: { notice: item } });
        settles();
        this.#news.fire();
        if (isAhead(lane, 1) && !this.#left) await new Promise<void>(resolve => (lane.room = resolve));
        if (this.#left || this.signal.aborted) return;
      }
    } catch (error) {
      this.#failure = { error };
    }
    lane.ended = true;
    this.#news.fire();
  }

  #takeReady(): { lane: Lane; entry: Entry }[] {
    const batch: { lane: Lane; entry: Entry }[] = [];
    const now = performance.now();
    const lanes = [...this.#lanes.values()];
    while (batch.length < maxBatch) {
      if (lanes.some(lane => lane.queue.length === 0 && !lane.ended && now < lane.awaitedUntil)) break;
      const lane = lanes.reduce<Lane | undefined>(earlier, undefined);
      const entry = lane?.queue.shift();
      if (!lane || !entry) break;
      if ('record' in entry.item) lane.bytes -= entry.item.record.bytes.length;
      batch.push({ lane, entry });
    }
    for (const lane of lanes) {
      if (lane.ended && lane.queue.length === 0) this.#lanes.delete(lane.source);
      if (isAhead(lane, 0.5)) continue;
      lane.room?.();
      lane.room = undefined;
    }
    return batch;
  }

  /** Until a log has given something, or one that is waited for has been quiet for long enough. */
  async #somethingNew(): Promise<void> {
    const waiting = [...this.#lanes.values()].some(({ queue }) => queue.length > 0);
    const news = (signal: AbortSignal): Promise<unknown> => nextEvent(this.#news.event, () => true, signal);
    const settled = (signal: AbortSignal): Promise<unknown> => delay(settleMs / 4, signal);
    await first(this.signal, waiting ? [news, settled] : [news]).catch(() => undefined); // The caller looks at the signal.
  }
}

/** Whether more waits in a lane than this share of what may. */
function isAhead({ queue, bytes }: Lane, share: number): boolean {
  return queue.length > maxQueued * share || bytes > maxQueuedBytes * share;
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

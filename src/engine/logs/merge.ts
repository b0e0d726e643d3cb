import { delay, first } from '../../base/abort';
import { Emitter } from '../../base/event';
import { nextEvent } from '../../base/wait';
import { enqueue, isAhead, type Lane, type LaneEntry, newLane, oldestEntries } from './lanes';
import type { LogItem } from './notices';
import type { LogRecord } from './records';

/** What one of several logs brought. */
export interface MergedItem {
  source: string;
  item: LogItem;
}

/** Begins to read a log. It calls `opened` when the engine has begun to answer. */
export type BeginLog = (opened: () => void) => AsyncIterable<LogItem>;

/** The merge does not wait for a log that brought nothing for this long, in milliseconds. */
const settleMs = 200;
/** Nor for a log that has neither opened nor brought anything for this long. */
const openMs = 5_000;

/**
 * Merges the lines of several logs in the order of their times. A line waits until every other log has brought a later
 * one, or nothing for a moment; for a log that is still being opened it waits some seconds. A log that is ahead of the
 * others is held up. Logs may join at any time.
 */
export class LogMerge {
  readonly #lanes = new Map<string, Lane>();
  /** Fires when a log has brought something or has ended, and when no more logs will join. */
  readonly #news = new Emitter<void>();
  #failure: { error: unknown } | undefined;
  #complete = false;
  #left = false;

  constructor(private readonly signal: AbortSignal) {}

  /** Adds a log, unless the source's log is still there. */
  add(source: string, begin: BeginLog): void {
    if (this.#left || this.#lanes.has(source)) return;
    const lane = newLane(source, performance.now() + openMs);
    this.#lanes.set(source, lane);
    void this.#fill(lane, begin);
  }

  /** Says that no more logs will join: the merge ends with the last log. */
  complete(): void {
    this.#complete = true;
    this.#news.fire();
  }

  /**
   * Everything in order, without end while logs may still join. Rejects if one fails; ends when the signal is aborted.
   * After the caller has left the loop, each log is left as soon as it brings something or its own signal is aborted.
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
      for (const lane of this.#lanes.values()) lane.release?.();
    }
  }

  async #fill(lane: Lane, begin: BeginLog): Promise<void> {
    const settles = (): void => {
      lane.awaitedUntil = performance.now() + settleMs;
    };
    try {
      for await (const item of begin(settles)) {
        enqueue(lane, item);
        settles();
        this.#news.fire();
        if (isAhead(lane, 1) && !this.#left) await new Promise<void>(resolve => (lane.release = resolve));
        if (this.#left || this.signal.aborted) return;
      }
    } catch (error) {
      this.#failure = { error };
    }
    lane.ended = true;
    this.#news.fire();
  }

  /** Takes the entries whose turn it is, and lets the logs go on that there is room for again. */
  #takeReady(): LaneEntry[] {
    const lanes = [...this.#lanes.values()];
    const batch = oldestEntries(lanes);
    for (const lane of lanes) {
      if (lane.ended && lane.queue.length === 0) this.#lanes.delete(lane.source);
      if (isAhead(lane, 0.5)) continue;
      lane.release?.();
      lane.release = undefined;
    }
    return batch;
  }

  /** Waits until a log has brought something, or has been quiet for so long that the merge no longer waits for it. */
  async #somethingNew(): Promise<void> {
    const waiting = [...this.#lanes.values()].some(({ queue }) => queue.length > 0);
    const news = (signal: AbortSignal): Promise<unknown> => nextEvent(this.#news.event, () => true, signal);
    const settled = (signal: AbortSignal): Promise<unknown> => delay(settleMs / 4, signal);
    await first(this.signal, waiting ? [news, settled] : [news]).catch(() => undefined); // The caller looks at the signal.
  }
}

/** Neighbouring lines of one source become one item. */
function grouped(batch: readonly LaneEntry[]): MergedItem[] {
  const items: MergedItem[] = [];
  let group: { source: string; records: LogRecord[] } | undefined;
  for (const { source, entry } of batch) {
    if ('notice' in entry.item) {
      items.push({ source, item: entry.item.notice });
      group = undefined;
      continue;
    }
    if (group?.source !== source) {
      group = { source, records: [] };
      items.push({ source, item: { records: group.records } });
    }
    group.records.push(entry.item.record);
  }
  return items;
}

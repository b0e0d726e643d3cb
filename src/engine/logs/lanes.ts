import type { LogItem } from './notices';
import type { LogRecord } from './records';
import type { Nanoseconds } from './times';

interface Entry {
  time: Nanoseconds;
  item: { record: LogRecord } | { notice: LogItem };
}

/** One log on its way into the merged one. */
export interface Lane {
  source: string;
  queue: Entry[];
  /** The size of the lines in the queue. */
  bytes: number;
  /** The time of the last line; notices get it too, so that they stay between the lines. */
  lastTime: Nanoseconds;
  /** Until when the merge waits for what the log brings next, by performance.now(). */
  awaitedUntil: number;
  ended: boolean;
  /** Lets the log be read on; undefined while it is not held up. */
  release: (() => void) | undefined;
}

const maxQueued = 2_000;
const maxQueuedBytes = 4 * 1024 * 1024;
const maxBatch = 500;

export function newLane(source: string, awaitedUntil: number): Lane {
  return { source, queue: [], bytes: 0, lastTime: 0n, awaitedUntil, ended: false, release: undefined };
}

/** The next entry of the merged log, and which log it is of. */
export interface LaneEntry {
  source: string;
  entry: Entry;
}

export function enqueue(lane: Lane, item: LogItem): void {
  if ('notice' in item) {
    lane.queue.push({ time: lane.lastTime, item: { notice: item } });
    return;
  }
  for (const record of item.records) {
    if (record.time > lane.lastTime) lane.lastTime = record.time;
    lane.queue.push({ time: lane.lastTime, item: { record } });
    lane.bytes += record.bytes.length;
  }
}

/** Takes the oldest entries of all lanes, in order, up to where an older one may still come. */
export function oldestEntries(lanes: readonly Lane[]): LaneEntry[] {
  const batch: LaneEntry[] = [];
  const now = performance.now();
  while (batch.length < maxBatch) {
    if (lanes.some(lane => lane.queue.length === 0 && !lane.ended && now < lane.awaitedUntil)) break;
    const lane = lanes.reduce<Lane | undefined>(earlier, undefined);
    const entry = lane?.queue.shift();
    if (!lane || !entry) break;
    if ('record' in entry.item) lane.bytes -= entry.item.record.bytes.length;
    batch.push({ source: lane.source, entry });
  }
  return batch;
}

function earlier(first: Lane | undefined, lane: Lane): Lane | undefined {
  const head = lane.queue[0];
  if (!head) return first;
  const other = first?.queue[0];
  return other && other.time <= head.time ? first : lane;
}

/** Whether more waits in a lane than this share of what may. */
export function isAhead({ queue, bytes }: Lane, share: number): boolean {
  return queue.length > maxQueued * share || bytes > maxQueuedBytes * share;
}

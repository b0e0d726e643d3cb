import { eachJsonLine } from '../client/lines';
import type { CallOptions, Engine } from '../connection/engine';
import { toEngineError } from '../errors';
import { containerPath } from '../objects/containers/path';
import { type StatsReading, statsReading } from './reading';

/** The figures of one container at one time, as `docker stats` prints them; undefined where the engine tells none. */
export interface StatsSample {
  /** Milliseconds since the epoch, by the engine's clock. */
  time: number;
  /** 100 is one processor at work, on Windows all of them. Needs two readings: the first sample has none. */
  cpuPercent: number | undefined;
  /** Without the file pages that can be dropped at once. */
  memoryBytes: number | undefined;
  /** The machine's whole memory where the container has no limit; not on Windows. */
  memoryLimitBytes: number | undefined;
  processes: number | undefined;
  /** Since the container's start, on all interfaces and devices. */
  receivedBytes: number | undefined;
  sentBytes: number | undefined;
  readBytes: number | undefined;
  writtenBytes: number | undefined;
  /** Bytes a second since the sample before. */
  receivedRate: number | undefined;
  sentRate: number | undefined;
  readRate: number | undefined;
  writtenRate: number | undefined;
}

/** A message is some 2 kB, more on machines of many processors; what is longer is garbage. */
const maxMessageLength = 1024 * 1024;

export interface StatsOptions extends CallOptions {
  /** Hears each sample as it comes. */
  onSample: (sample: StatsSample) => void;
}

/**
 * `GET /containers/{id}/stats?stream=true`: a sample a second (Podman: every five) while the container runs. Of a stopped
 * container nothing comes: Docker Engine waits for its start, Podman ends. Resolves when the engine ends the stream;
 * aborting closes the socket. Fails with an EngineError.
 */
export async function stats(engine: Engine, id: string, options: StatsOptions): Promise<void> {
  const { signal, onSample } = options;
  const path = containerPath(id, 'stats');
  const response = await engine.client.stream({ method: 'GET', path, query: { stream: true }, signal });
  const isPodman = engine.identity.flavour === 'podman';
  let before: StatsReading | undefined;
  try {
    await eachJsonLine(response, { maxLength: maxMessageLength }, message => {
      const reading = statsReading(message);
      if (reading) onSample(statsSample(reading, before, isPodman ? usedOverTime : usedOverPassed));
      before = reading;
    });
  } catch (error) {
    throw toEngineError(error, signal);
  } finally {
    response.destroy();
  }
}

type CpuFormula = (now: StatsReading, before: StatsReading) => number | undefined;

/** A reading and what happened since the one before, which may be of an earlier run of the container, or wanting. */
export function statsSample(now: StatsReading, earlier: StatsReading | undefined, cpuPercent: CpuFormula): StatsSample {
  const before = earlier && isLater(now, earlier) ? earlier : undefined;
  const seconds = before ? (now.time - before.time) / 1000 : NaN;
  return {
    time: now.time,
    cpuPercent: before && cpuPercent(now, before),
    memoryBytes: now.memoryBytes,
    memoryLimitBytes: now.memoryLimitBytes,
    processes: now.processes,
    receivedBytes: now.receivedBytes,
    sentBytes: now.sentBytes,
    readBytes: now.readBytes,
    writtenBytes: now.writtenBytes,
    receivedRate: rate(now.receivedBytes, before?.receivedBytes, seconds),
    sentRate: rate(now.sentBytes, before?.sentBytes, seconds),
    readRate: rate(now.readBytes, before?.readBytes, seconds),
    writtenRate: rate(now.writtenBytes, before?.writtenBytes, seconds),
  };
}

function rate(now: number | undefined, before: number | undefined, seconds: number): number | undefined {
  const bytes = difference(now, before);
  return bytes === undefined ? undefined : bytes / seconds;
}

/** Whether both are of one run: a new one counts from zero. */
function isLater(now: StatsReading, before: StatsReading): boolean {
  return now.time > before.time && (now.cpuUsed ?? 0) >= (before.cpuUsed ?? 0);
}

/** As the docker command computes it: the share of the processors' time. */
export function usedOverPassed(now: StatsReading, before: StatsReading): number | undefined {
  if (now.onWindows) return usedOverProcessors(now, before);
  const used = difference(now.cpuUsed, before.cpuUsed);
  const passed = difference(now.cpuPassed, before.cpuPassed);
  if (used === undefined || passed === undefined) return usedOverTime(now, before);
  return passed > 0 ? (used / passed) * now.processors * 100 : 0;
}

/** Where the engine's own measure of passed time means something else, as Podman's. Nanoseconds over milliseconds. */
export function usedOverTime(now: StatsReading, before: StatsReading): number | undefined {
  const used = difference(now.cpuUsed, before.cpuUsed);
  return used === undefined ? undefined : (used / 1e6 / (now.time - before.time)) * 100;
}

/** 100 nanoseconds over milliseconds. */
function usedOverProcessors(now: StatsReading, before: StatsReading): number | undefined {
  const used = difference(now.cpuUsed, before.cpuUsed);
  if (used === undefined || now.processors === 0) return undefined;
  return (used / 1e4 / (now.time - before.time) / now.processors) * 100;
}

/** Undefined where a counter is wanting, or began anew. */
function difference(now: number | undefined, before: number | undefined): number | undefined {
  if (now === undefined || before === undefined || now < before) return undefined;
  return now - before;
}

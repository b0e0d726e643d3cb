import { eachJsonLine } from '../client/lines';
import type { CallOptions, Engine } from '../connection/engine';
import { toEngineError } from '../errors';
import { containerPath } from '../objects/containers/path';
import { readCounters, type StatsCounters } from './counters';

/** The figures of one container at one time, as `docker stats` prints them; undefined if the engine does not tell one. */
export interface StatsSample {
  /** Milliseconds since the epoch, by the engine's clock. */
  time: number;
  /** 100 means that one processor works all the time, on Windows all of them. Undefined in the first sample. */
  cpuPercent: number | undefined;
  /** Without the file pages that can be dropped at once. */
  memoryBytes: number | undefined;
  /** The machine's whole memory if the container has no limit; not on Windows. */
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

/** A message has about 2 kB, more on machines with many processors; a longer one is garbage. */
const maxMessageLength = 1024 * 1024;

export interface StatsOptions extends CallOptions {
  /** Called with each sample as it comes. */
  onSample: (sample: StatsSample) => void;
}

/**
 * `GET /containers/{id}/stats?stream=true`: a sample every second (Podman: every five) while the container runs. For a
 * stopped container nothing comes: Docker Engine waits for its start, Podman ends the stream. Resolves when the engine
 * ends the stream; aborting closes the socket. Fails with an EngineError.
 */
export async function stats(engine: Engine, id: string, options: StatsOptions): Promise<void> {
  const { signal, onSample } = options;
  const path = containerPath(id, 'stats');
  const response = await engine.client.stream({ method: 'GET', path, query: { stream: true }, signal });
  const isPodman = engine.identity.flavour === 'podman';
  let before: StatsCounters | undefined;
  try {
    await eachJsonLine(response, { maxLength: maxMessageLength }, message => {
      const counters = readCounters(message);
      if (counters) onSample(statsSample(counters, before, isPodman ? cpuShareOfTime : cpuShareOfSystem));
      before = counters;
    });
  } catch (error) {
    throw toEngineError(error, signal);
  } finally {
    response.destroy();
  }
}

type CpuFormula = (now: StatsCounters, before: StatsCounters) => number | undefined;

/** Counters, and how they changed since the earlier ones, unless these are missing or of an earlier run. */
export function statsSample(
  now: StatsCounters,
  earlier: StatsCounters | undefined,
  cpuPercent: CpuFormula,
): StatsSample {
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

/** Whether both are of the same run: each run counts from zero. */
function isLater(now: StatsCounters, before: StatsCounters): boolean {
  return now.time > before.time && (now.cpuUsed ?? 0) >= (before.cpuUsed ?? 0);
}

/** The share of all processors' time, as the docker command computes it. */
export function cpuShareOfSystem(now: StatsCounters, before: StatsCounters): number | undefined {
  if (now.onWindows) return windowsCpuShare(now, before);
  const used = difference(now.cpuUsed, before.cpuUsed);
  const all = difference(now.cpuSystem, before.cpuSystem);
  if (used === undefined || all === undefined) return cpuShareOfTime(now, before);
  return all > 0 ? (used / all) * now.processors * 100 : 0;
}

/** The share of the time that has passed: for Podman, whose `system_cpu_usage` means something else. */
export function cpuShareOfTime(now: StatsCounters, before: StatsCounters): number | undefined {
  const nanoseconds = difference(now.cpuUsed, before.cpuUsed);
  return nanoseconds === undefined ? undefined : (nanoseconds / 1e6 / (now.time - before.time)) * 100;
}

function windowsCpuShare(now: StatsCounters, before: StatsCounters): number | undefined {
  const hundredNanoseconds = difference(now.cpuUsed, before.cpuUsed);
  if (hundredNanoseconds === undefined || now.processors === 0) return undefined;
  return (hundredNanoseconds / 1e4 / (now.time - before.time) / now.processors) * 100;
}

/** Undefined if a counter is missing, or started again from zero. */
function difference(now: number | undefined, before: number | undefined): number | undefined {
  if (now === undefined || before === undefined || now < before) return undefined;
  return now - before;
}

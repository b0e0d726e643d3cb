import { type Json, number, record, records, text } from '../../base/read';

/** The counters in one message of `GET /containers/{id}/stats`; undefined if the engine does not tell one. */
export interface StatsCounters {
  /** Milliseconds since the epoch, by the engine's clock. */
  time: number;
  /** How long processors worked for the container since its start: nanoseconds, on Windows units of 100 nanoseconds. */
  cpuUsed: number | undefined;
  /** The time of all processors together, busy or idle, in the same unit; not on Windows. */
  cpuSystem: number | undefined;
  processors: number;
  onWindows: boolean;
  memoryBytes: number | undefined;
  memoryLimitBytes: number | undefined;
  receivedBytes: number | undefined;
  sentBytes: number | undefined;
  readBytes: number | undefined;
  writtenBytes: number | undefined;
  processes: number | undefined;
}

/** Undefined for a container that does not run: for it the engine sends zeros, at a time in the year 1. */
export function readCounters(message: unknown): StatsCounters | undefined {
  const stats = record(message);
  const time = Date.parse(text(stats['read']));
  if (!(time > 0)) return undefined;
  const onWindows = isWindows(stats);
  return {
    time,
    onWindows,
    ...cpu(stats, onWindows),
    ...(onWindows ? windowsMemory(stats) : memory(stats)),
    ...network(stats['networks']),
    ...(onWindows ? windowsStorage(stats) : blockDevices(stats)),
    processes: counter(record(stats['pids_stats'])['current']),
  };
}

/** Engines send `os_type` from API 1.52 on. */
function isWindows({ os_type, num_procs, cpu_stats }: Json): boolean {
  if (os_type !== undefined) return os_type === 'windows';
  return (counter(num_procs) ?? 0) > 0 && record(cpu_stats)['system_cpu_usage'] === undefined;
}

function cpu(stats: Json, onWindows: boolean): Pick<StatsCounters, 'cpuUsed' | 'cpuSystem' | 'processors'> {
  const cpuStats = record(stats['cpu_stats']);
  const usage = record(cpuStats['cpu_usage']);
  const byProcessor = usage['percpu_usage'];
  const online = counter(cpuStats['online_cpus']) ?? 0;
  const processors = onWindows
    ? counter(stats['num_procs'])
    : online || (Array.isArray(byProcessor) ? byProcessor.length : 0);
  return {
    cpuUsed: counter(usage['total_usage']),
    cpuSystem: counter(cpuStats['system_cpu_usage']),
    processors: processors ?? 0,
  };
}

type Memory = Pick<StatsCounters, 'memoryBytes' | 'memoryLimitBytes'>;

/** Like the docker command, leaves out file pages that can be dropped at once. cgroup v1 has both keys, v2 the second. */
function memory(stats: Json): Memory {
  const { usage, limit, stats: pages } = record(stats['memory_stats']);
  const used = counter(usage);
  const { total_inactive_file, inactive_file } = record(pages);
  const droppable = [total_inactive_file, inactive_file]
    .map(counter)
    .find(bytes => bytes !== undefined && bytes < (used ?? 0));
  return {
    memoryBytes: used === undefined ? undefined : used - (droppable ?? 0),
    memoryLimitBytes: limit === 0 ? undefined : counter(limit),
  };
}

function windowsMemory(stats: Json): Memory {
  return { memoryBytes: counter(record(stats['memory_stats'])['privateworkingset']), memoryLimitBytes: undefined };
}

/** The sum of all interfaces. There are none if the container has the host's network, or no network. */
function network(networks: unknown): Pick<StatsCounters, 'receivedBytes' | 'sentBytes'> {
  const interfaces = Object.values(record(networks));
  if (interfaces.length === 0) return { receivedBytes: undefined, sentBytes: undefined };
  let receivedBytes = 0;
  let sentBytes = 0;
  for (const counts of interfaces) {
    const { rx_bytes, tx_bytes } = record(counts);
    receivedBytes += counter(rx_bytes) ?? 0;
    sentBytes += counter(tx_bytes) ?? 0;
  }
  return { receivedBytes, sentBytes };
}

type Blocks = Pick<StatsCounters, 'readBytes' | 'writtenBytes'>;

/** The sum of all devices. cgroup v1 also has entries for synchronous, asynchronous and total operations. */
function blockDevices(stats: Json): Blocks {
  let readBytes = 0;
  let writtenBytes = 0;
  for (const { op, value } of records(record(stats['blkio_stats'])['io_service_bytes_recursive'])) {
    const bytes = counter(value) ?? 0;
    if (/^r/i.test(text(op))) readBytes += bytes;
    else if (/^w/i.test(text(op))) writtenBytes += bytes;
  }
  return { readBytes, writtenBytes };
}

function windowsStorage(stats: Json): Blocks {
  const { read_size_bytes, write_size_bytes } = record(stats['storage_stats']);
  return { readBytes: counter(read_size_bytes), writtenBytes: counter(write_size_bytes) };
}

const largest = 2 ** 64;

/** A value that is an unsigned number of at most 64 bits. */
function counter(value: unknown): number | undefined {
  const count = number(value);
  return count !== undefined && count >= 0 && count <= largest ? count : undefined;
}

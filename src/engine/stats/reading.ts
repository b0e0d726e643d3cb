import { type Json, number, record, records, text } from '../../base/read';

/** The counters of one message of `GET /containers/{id}/stats`; undefined where the engine tells none. */
export interface StatsReading {
  /** Milliseconds since the epoch, by the engine's clock. */
  time: number;
  /** What the container used since its start: nanoseconds, on Windows 100 nanoseconds. */
  cpuUsed: number | undefined;
  /** What all processors together had, idle or not, in the same unit; not on Windows. */
  cpuPassed: number | undefined;
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

/** Undefined for what the engine sends of a container that does not run: all zeros, at a time in the year 1. */
export function statsReading(message: unknown): StatsReading | undefined {
  const stats = record(message);
  const time = Date.parse(text(stats['read']));
  if (!(time > 0)) return undefined;
  const onWindows = isWindows(stats);
  const { cpuUsed, cpuPassed, processors } = cpuOf(stats, onWindows);
  const { memoryBytes, memoryLimitBytes } = onWindows ? windowsMemory(stats) : memory(stats);
  const { receivedBytes, sentBytes } = network(stats['networks']);
  const { readBytes, writtenBytes } = onWindows ? windowsStorage(stats) : blocks(stats);
  return {
    time,
    onWindows,
    cpuUsed,
    cpuPassed,
    processors,
    memoryBytes,
    memoryLimitBytes,
    receivedBytes,
    sentBytes,
    readBytes,
    writtenBytes,
    processes: counter(record(stats['pids_stats'])['current']),
  };
}

/** `os_type` is told from API 1.52 on. */
function isWindows({ os_type, num_procs, cpu_stats }: Json): boolean {
  if (os_type !== undefined) return os_type === 'windows';
  return (counter(num_procs) ?? 0) > 0 && record(cpu_stats)['system_cpu_usage'] === undefined;
}

function cpuOf(stats: Json, onWindows: boolean): Pick<StatsReading, 'cpuUsed' | 'cpuPassed' | 'processors'> {
  const cpu = record(stats['cpu_stats']);
  const usage = record(cpu['cpu_usage']);
  const each = usage['percpu_usage'];
  const online = counter(cpu['online_cpus']) ?? 0;
  const processors = onWindows ? counter(stats['num_procs']) : online || (Array.isArray(each) ? each.length : 0);
  return {
    cpuUsed: counter(usage['total_usage']),
    cpuPassed: counter(cpu['system_cpu_usage']),
    processors: processors ?? 0,
  };
}

type Memory = Pick<StatsReading, 'memoryBytes' | 'memoryLimitBytes'>;

/** Without the file pages that can be dropped at once, as the docker command counts: cgroup v1 has both keys, v2 the second. */
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

/** All interfaces together. There are none where the container has the host's network, or no network. */
function network(networks: unknown): Pick<StatsReading, 'receivedBytes' | 'sentBytes'> {
  const interfaces = Object.values(record(networks));
  if (interfaces.length === 0) return { receivedBytes: undefined, sentBytes: undefined };
  let receivedBytes = 0;
  let sentBytes = 0;
  for (const each of interfaces) {
    const { rx_bytes, tx_bytes } = record(each);
    receivedBytes += counter(rx_bytes) ?? 0;
    sentBytes += counter(tx_bytes) ?? 0;
  }
  return { receivedBytes, sentBytes };
}

type Blocks = Pick<StatsReading, 'readBytes' | 'writtenBytes'>;

/** All devices together. cgroup v1 also counts what is synchronous, asynchronous and total. */
function blocks(stats: Json): Blocks {
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

/** An unsigned number of 64 bits. */
function counter(value: unknown): number | undefined {
  const count = number(value);
  return count !== undefined && count >= 0 && count <= largest ? count : undefined;
}

/** Pairs of successive messages of `GET /containers/{id}/stats`, without the fields that nothing here reads. */

type Message = Readonly<Record<string, unknown>>;
export type Pair = readonly [Message, Message];

/** Docker Engine 20.10 on cgroup v1: a loop that may use 0.3 of 2 processors, and 64 MiB. */
export const cgroup1: Pair = [
  {
    read: '2026-11-27T09:38:26.431463152Z',
    preread: '0001-01-01T00:00:00Z',
    pids_stats: { current: 1 },
    blkio_stats: { io_service_bytes_recursive: [] },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: {
      cpu_usage: { total_usage: 735951835, percpu_usage: [373522655, 362429180] },
      system_cpu_usage: 875420000000,
      online_cpus: 2,
    },
    precpu_stats: { cpu_usage: { total_usage: 0 } },
    memory_stats: {
      usage: 331776,
      max_usage: 4354048,
      stats: { cache: 0, inactive_file: 0, total_inactive_file: 0 },
      limit: 67108864,
    },
    networks: { eth0: { rx_bytes: 1042, tx_bytes: 0 } },
  },
  {
    read: '2026-11-27T09:38:27.493009795Z',
    preread: '2026-11-27T09:38:26.431463152Z',
    pids_stats: { current: 1 },
    blkio_stats: {
      io_service_bytes_recursive: [
        { major: 8, minor: 0, op: 'Read', value: 4096 },
        { major: 8, minor: 0, op: 'Write', value: 8192 },
        { major: 8, minor: 0, op: 'Sync', value: 8192 },
        { major: 8, minor: 0, op: 'Async', value: 4096 },
        { major: 8, minor: 0, op: 'Discard', value: 0 },
        { major: 8, minor: 0, op: 'Total', value: 12288 },
        { major: 259, minor: 0, op: 'Read', value: 512 },
      ],
    },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: {
      cpu_usage: { total_usage: 884229711, percpu_usage: [387912924, 496316787] },
      system_cpu_usage: 877530000000,
      online_cpus: 2,
    },
    memory_stats: {
      usage: 331776,
      max_usage: 4354048,
      stats: { cache: 4096, inactive_file: 1024, total_inactive_file: 4096 },
      limit: 67108864,
    },
    networks: { eth0: { rx_bytes: 2104, tx_bytes: 531 }, eth1: { rx_bytes: 1062, tx_bytes: 0 } },
  },
];

/** cgroup v2: no counters of single processors, small letters for reads and writes, null before anything is written. */
export const cgroup2: Pair = [
  {
    read: '2025-01-16T13:55:21.160452595Z',
    preread: '0001-01-01T00:00:00Z',
    pids_stats: { current: 5, limit: 18446744073709551615 },
    blkio_stats: { io_service_bytes_recursive: null, io_serviced_recursive: null },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: { cpu_usage: { total_usage: 29000000 }, system_cpu_usage: 60_000_000_000, online_cpus: 8 },
    memory_stats: { usage: 9_000_000, stats: { anon: 1572864, inactive_file: 2510848 }, limit: 8217579520 },
    networks: { eth0: { rx_bytes: 5338, tx_bytes: 648 } },
  },
  {
    read: '2025-01-16T13:55:22.165243637Z',
    preread: '2025-01-16T13:55:21.160452595Z',
    pids_stats: { current: 5, limit: 18446744073709551615 },
    blkio_stats: {
      io_service_bytes_recursive: [
        { major: 254, minor: 0, op: 'read', value: 7593984 },
        { major: 254, minor: 0, op: 'write', value: 100 },
      ],
    },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: { cpu_usage: { total_usage: 4029000000 }, system_cpu_usage: 68_000_000_000, online_cpus: 8 },
    memory_stats: { usage: 9_000_000, stats: { anon: 1572864, inactive_file: 2510848 }, limit: 8217579520 },
    networks: { eth0: { rx_bytes: 5338, tx_bytes: 648 } },
  },
];

/** Podman 4.3: the same loop as of cgroup1. Every five seconds; the time that it calls the system’s is another. */
export const podman: Pair = [
  {
    read: '2026-11-27T09:40:24.735189038Z',
    preread: '2026-11-27T09:40:24.730525466Z',
    pids_stats: { current: 1 },
    blkio_stats: { io_service_bytes_recursive: [], io_serviced_recursive: null },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: {
      cpu_usage: { total_usage: 459681157, percpu_usage: [365914256, 93766901] },
      system_cpu_usage: 732302339830,
      online_cpus: 2,
      cpu: 0,
    },
    precpu_stats: { cpu_usage: { total_usage: 459681157 }, system_cpu_usage: 732294905150 },
    memory_stats: { usage: 278528, limit: 67108864 },
    networks: { network: { rx_bytes: 426, tx_bytes: 1678 } },
  },
  {
    read: '2026-11-27T09:40:29.738939687Z',
    preread: '2026-11-27T09:40:24.735189038Z',
    pids_stats: { current: 1 },
    blkio_stats: { io_service_bytes_recursive: [], io_serviced_recursive: null },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: {
      cpu_usage: { total_usage: 1782033120, percpu_usage: [981857444, 800175676] },
      system_cpu_usage: 742252325938,
      online_cpus: 2,
      cpu: 26.410472782525506,
    },
    memory_stats: { usage: 278528, limit: 67108864 },
    networks: { network: { rx_bytes: 586, tx_bytes: 2658 } },
  },
];

/** An engine of Windows containers: a quarter of 4 processors in use. */
export const windows: Pair = [
  {
    read: '2025-01-16T13:55:21.0000000Z',
    preread: '0001-01-01T00:00:00Z',
    pids_stats: {},
    blkio_stats: { io_service_bytes_recursive: null },
    num_procs: 4,
    storage_stats: {
      read_count_normalized: 10,
      read_size_bytes: 1000,
      write_count_normalized: 1,
      write_size_bytes: 500,
    },
    cpu_stats: { cpu_usage: { total_usage: 50_000_000, usage_in_kernelmode: 0, usage_in_usermode: 0 } },
    memory_stats: { commitbytes: 90_000_000, commitpeakbytes: 99_000_000, privateworkingset: 40_000_000 },
    networks: { 'bdc870fe-8ad4-49c8-9dca-52b48b1df875': { rx_bytes: 300, tx_bytes: 200 } },
  },
  {
    read: '2025-01-16T13:55:22.0000000Z',
    preread: '2025-01-16T13:55:21.0000000Z',
    pids_stats: {},
    blkio_stats: { io_service_bytes_recursive: null },
    num_procs: 4,
    storage_stats: {
      read_count_normalized: 10,
      read_size_bytes: 3000,
      write_count_normalized: 1,
      write_size_bytes: 500,
    },
    cpu_stats: { cpu_usage: { total_usage: 60_000_000, usage_in_kernelmode: 0, usage_in_usermode: 0 } },
    memory_stats: { commitbytes: 90_000_000, commitpeakbytes: 99_000_000, privateworkingset: 41_000_000 },
    networks: { 'bdc870fe-8ad4-49c8-9dca-52b48b1df875': { rx_bytes: 300, tx_bytes: 200 } },
  },
];

/** What Docker Engine sends every second of a container that does not run. */
export const stopped: Message = {
  read: '0001-01-01T00:00:00Z',
  preread: '0001-01-01T00:00:00Z',
  pids_stats: {},
  blkio_stats: { io_service_bytes_recursive: null },
  num_procs: 0,
  storage_stats: {},
  cpu_stats: { cpu_usage: { total_usage: 0 } },
  precpu_stats: { cpu_usage: { total_usage: 0 } },
  memory_stats: {},
};

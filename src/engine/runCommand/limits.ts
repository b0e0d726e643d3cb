import { type Json, number, record, records, text } from '../../base/read';
import { type Flag, numberFlag, switchFlag, textFlag } from './facts';

const billion = 1e9;
const defaultShmBytes = 64 * 1024 * 1024;

/** The flags of `docker run` for limits on memory, processors, processes and disks. */
export function limitFlags(container: Json): Flag[] {
  const host = record(container['HostConfig']);
  const cpus = number(host['NanoCpus']) ?? 0;
  return [
    ...memory(host),
    ...(cpus > 0 ? [['--cpus', String(cpus / billion)]] : []),
    ...numberFlag('--cpu-shares', host['CpuShares']),
    ...numberFlag('--cpu-period', host['CpuPeriod']),
    ...numberFlag('--cpu-quota', host['CpuQuota']),
    ...numberFlag('--cpu-rt-period', host['CpuRealtimePeriod']),
    ...numberFlag('--cpu-rt-runtime', host['CpuRealtimeRuntime']),
    ...textFlag('--cpuset-cpus', host['CpusetCpus']),
    ...textFlag('--cpuset-mems', host['CpusetMems']),
    ...numberFlag('--pids-limit', host['PidsLimit']),
    ...records(host['Ulimits']).map(limit => ['--ulimit', ulimitText(limit)]),
    ...numberFlag('--blkio-weight', host['BlkioWeight']),
    ...devices('--blkio-weight-device', host['BlkioWeightDevice'], 'Weight'),
    ...devices('--device-read-bps', host['BlkioDeviceReadBps'], 'Rate'),
    ...devices('--device-write-bps', host['BlkioDeviceWriteBps'], 'Rate'),
    ...devices('--device-read-iops', host['BlkioDeviceReadIOps'], 'Rate'),
    ...devices('--device-write-iops', host['BlkioDeviceWriteIOps'], 'Rate'),
  ];
}

/** Without a limit of its own, memory and swap together may be twice the memory limit. */
function memory(host: Json): Flag[] {
  const bytes = number(host['Memory']) ?? 0;
  const swappiness = number(host['MemorySwappiness']) ?? -1;
  return [
    ...numberFlag('--memory', bytes),
    ...numberFlag('--memory-swap', host['MemorySwap'], 2 * bytes),
    ...numberFlag('--memory-reservation', host['MemoryReservation']),
    ...(swappiness >= 0 ? [['--memory-swappiness', String(swappiness)]] : []),
    ...numberFlag('--shm-size', host['ShmSize'], defaultShmBytes),
    ...switchFlag('--oom-kill-disable', host['OomKillDisable']),
    ...numberFlag('--oom-score-adj', host['OomScoreAdj']),
  ];
}

function ulimitText(limit: Json): string {
  const { Name, Soft, Hard } = limit;
  return `${text(Name)}=${number(Soft) ?? 0}:${number(Hard) ?? 0}`;
}

function devices(flag: string, values: unknown, amount: string): Flag[] {
  return records(values).map(device => [flag, `${text(device['Path'])}:${number(device[amount]) ?? 0}`]);
}

import type { PathChange, StatsSample, TabContent } from '../../../src/ui/inspector/protocol';
import { id, moment } from './recorded';

/*
 * Contents of any length.
 */

/** One sample each second, with a pause of half a minute in their midst. */
export function samples(count: number): StatsSample[] {
  const mebibyte = 2 ** 20;
  return Array.from({ length: count }, (_, index) => ({
    time: moment + index * 1_000 + (index > count / 2 ? 30_000 : 0),
    cpuPercent: 12 + 8 * Math.sin(index / 25) + (index % 97 === 0 ? 60 : 0),
    memoryBytes: (180 + 40 * Math.sin(index / 90)) * mebibyte,
    memoryLimitBytes: 512 * mebibyte,
    receivedRate: 120_000 * (1 + Math.sin(index / 12)),
    sentRate: 45_000 * (1 + Math.cos(index / 17)),
    readRate: index % 60 < 6 ? 2_400_000 : 0,
    writtenRate: index % 45 < 9 ? 800_000 : 12_000,
    processes: 11 + (index % 120 > 90 ? 3 : 0),
  }));
}

const signals = [
  { name: 'SIGTERM', title: 'asks it to end' },
  { name: 'SIGKILL', title: 'ends it at once' },
  { name: 'SIGHUP', title: 'often: reads its configuration again' },
];

export function processes(count: number): TabContent {
  const commands = ['nginx: worker process', 'node --enable-source-maps server.js --listen 0.0.0.0:8080', 'sleep 30'];
  return {
    tab: 'processes',
    columns: ['USER', 'PID', 'PPID', '%CPU', '%MEM', 'STARTED', 'TIME', 'COMMAND'],
    rows: Array.from({ length: count }, (_, index) => ({
      cells: [
        index % 3 === 0 ? 'root' : 'www-data',
        String(4000 + index * 7),
        index === 0 ? '1' : '4000',
        ((index * 37) % 101).toFixed(1),
        ((index * 11) % 9).toFixed(1),
        '13:55:02',
        `00:00:${String(index % 60).padStart(2, '0')}`,
        commands[index % commands.length] ?? '',
      ],
      process: index,
    })),
    signals,
  };
}

export function changes(count: number): TabContent {
  const folders = ['/var/cache/nginx', '/tmp', '/etc/nginx/conf.d', '/srv/app/node_modules/.cache/build'];
  const kinds = ['added', 'changed', 'deleted'] as const;
  const parents: PathChange[] = ['/var', '/etc', '/srv'].map(path => ['changed', path]);
  const paths = Array.from({ length: count - parents.length }, (_, index): PathChange => [
    kinds[index % 7 === 0 ? 2 : index % 3 === 0 ? 1 : 0],
    `${folders[index % folders.length] ?? ''}/part-${Math.floor(index / 40)}/file-${index}.txt`,
  ]);
  return { tab: 'changes', changes: [...parents, ...paths] };
}

export function rawJson(labels: number): unknown {
  return {
    Id: id,
    Created: '2026-01-31T13:55:01.123456789Z',
    Args: ['--enable-source-maps', 'server.js'],
    State: { Status: 'running', Running: true, ExitCode: 0, Pid: 4000, Health: null },
    Config: {
      Hostname: '4f1c2a9be0d3',
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'NODE_ENV=production'],
      Labels: Object.fromEntries(
        Array.from({ length: labels }, (_, index) => [`com.example.label-${index}`, `value ${index} of the label`]),
      ),
      Volumes: {},
    },
    HostConfig: { Memory: 536870912, NanoCpus: 0, RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 } },
  };
}

import { humanSize } from '../../../base/format';
import { columns } from '../../../base/table';
import type { DiskUse, DiskUseOf } from '../../../engine/objects/system';

/** Disk use as a table, as `docker system df` prints it. */
export function diskUseText({ images, containers, volumes, buildCache }: DiskUse): string {
  const row = (title: string, { count, size, reclaimable }: DiskUseOf): string[] => [
    title,
    String(count),
    humanSize(size),
    humanSize(reclaimable),
  ];
  return columns([
    ['TYPE', 'COUNT', 'SIZE', 'RECLAIMABLE'],
    row('Images', images),
    row('Containers', containers),
    row('Volumes', volumes),
    row('Build Cache', buildCache),
  ]);
}

import { humanSize, shortId } from '../../../base/format';
import { columns } from '../../../base/table';
import { oneLine } from '../../../base/visible';
import type { HistoryEntry } from '../../../engine/objects/images/operations';

const longest = 2_000;

/** An image's layers as a table, the newest first, as `docker history` prints them. */
export function historyText(entries: readonly HistoryEntry[]): string {
  const rows = entries.map(({ id, created, size, createdBy, tags, comment }) => [
    id ? shortId(id) : '<missing>',
    created > 0 ? new Date(created).toISOString().slice(0, 19).replace('T', ' ') : '',
    humanSize(size),
    oneLine([createdBy, comment && `# ${comment}`, tags.join(', ')].filter(Boolean).join('  '), longest),
  ]);
  return columns([['IMAGE', 'CREATED (UTC)', 'SIZE', 'CREATED BY'], ...rows]);
}

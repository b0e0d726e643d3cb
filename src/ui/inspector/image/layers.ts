import type { HistoryEntry } from '../../../engine/images';
import type { TabContent } from '../protocol';

/** What `docker history` tells, the newest first as it has them. */
export function layers(history: readonly HistoryEntry[]): TabContent {
  return {
    tab: 'layers',
    layers: history.map(({ created, size, createdBy, comment, tags }) => ({
      created,
      bytes: size,
      instruction: createdBy,
      comment,
      tags,
    })),
  };
}

import { list, number, record, text, texts } from '../../base/read';
import { EngineError } from '../errors';

/** What a prune removed. */
export interface PruneReport {
  /** Ids, or names where the kind has no ids. For images also the layers that were removed with them. */
  removed: readonly string[];
  /** Bytes; 0 where the kind takes no space. */
  reclaimed: number;
}

/** Docker answers with an object that has the list in this field, Podman with the same or a list of `{Id, Err, Size}`. */
export function pruneReport(answer: unknown, field: string): PruneReport {
  if (!Array.isArray(answer)) {
    const { [field]: removed, SpaceReclaimed } = record(answer);
    return { removed: removedIds(removed), reclaimed: number(SpaceReclaimed) ?? 0 };
  }
  const entries = list(answer).map(record);
  const failed = entries.map(entry => text(entry['Err'])).find(Boolean);
  if (failed) throw new EngineError('failed', { said: failed });
  const reclaimed = entries.reduce((sum, entry) => sum + (number(entry['Size']) ?? 0), 0);
  return { removed: entries.map(entry => text(entry['Id'])), reclaimed };
}

/** Images come as `{Deleted}` and `{Untagged}` objects, everything else as ids. */
function removedIds(value: unknown): string[] {
  const deleted = list(value).map(entry => text(record(entry)['Deleted']));
  return [...texts(value), ...deleted.filter(Boolean)];
}

import type { PathChange } from '../../../../engine/objects/containers/changes';
import type { TabContent } from '../../protocol';

/** What `docker diff` tells. */
export function changes(all: readonly PathChange[]): TabContent {
  return { tab: 'changes', changes: all.map(({ kind, path }) => [kind, path]) };
}

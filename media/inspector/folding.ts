import type { TabName } from '../../src/ui/inspector/protocol';
import type { Memory } from './memory';

/** What is folded in a tab, kept with the page's state. */
export function foldedSet(
  memory: Memory,
  tab: TabName,
): { readonly all: ReadonlySet<string>; set: (key: string, folded: boolean) => void } {
  const all = new Set(memory.tab(tab).folded);
  return {
    all,
    set: (key, folded) => {
      if (folded) all.add(key);
      else all.delete(key);
      memory.setTab(tab, { folded: [...all] });
    },
  };
}

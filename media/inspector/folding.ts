import type { TabName } from '../../src/ui/inspector/protocol';
import type { Page } from './page';

/** What is folded in a tab, kept with the page's state. */
export function foldedSet(
  page: Page,
  tab: TabName,
): { readonly all: ReadonlySet<string>; set: (key: string, folded: boolean) => void } {
  const all = new Set(page.memory.tab(tab).folded);
  return {
    all,
    set: (key, folded) => {
      if (folded) all.add(key);
      else all.delete(key);
      page.memory.setTab(tab, { folded: [...all] });
    },
  };
}

import { isBoolean, isNumber, isRecord, isString, listOf, mapOf } from '../../src/base/check';
import { type Inspected, isInspected, isTabName, type TabName } from '../../src/ui/inspector/protocol';

/** How a tab was left, to be the same after a reload and when the person comes back to it. */
export interface TabMemory {
  scroll: number;
  /** What stands in its search or filter. */
  search: string;
  /** What is folded; in lists that begin folded, what is unfolded. */
  folded: readonly string[];
  /** The column that a table is sorted by. */
  sort?: { column: string; descending: boolean };
  /** Whether charts are shown as a table. */
  asTable: boolean;
  /** How many rows of a section are shown, by its title, if the person asked for more. */
  shown: Readonly<Record<string, number>>;
  /** The start of the health check that was chosen. */
  check?: number;
}

export interface PageState {
  /** What the host restores the panel from. */
  inspected?: Inspected;
  tab?: TabName;
  tabs: Partial<Record<TabName, TabMemory>>;
}

/** Where a webview keeps its state. */
export interface StateStore {
  getState(): unknown;
  setState(state: unknown): void;
}

export interface Memory {
  readonly state: Readonly<PageState>;
  set(change: Partial<PageState>): void;
  tab(name: TabName): TabMemory;
  setTab(name: TabName, change: Partial<TabMemory>): void;
}

const fresh: TabMemory = { scroll: 0, search: '', folded: [], asTable: false, shown: {} };

/** The page's state. Parts of the kept state that do not have their shape are forgotten. */
export function openMemory(store: StateStore): Memory {
  let state = readState(store.getState());
  const set = (change: Partial<PageState>): void => {
    state = { ...state, ...change };
    store.setState(state);
  };
  const tab = (name: TabName): TabMemory => state.tabs[name] ?? fresh;
  return {
    get state() {
      return state;
    },
    set,
    tab,
    setTab: (name, change) => set({ tabs: { ...state.tabs, [name]: { ...tab(name), ...change } } }),
  };
}

function readState(value: unknown): PageState {
  if (!isRecord(value)) return { tabs: {} };
  const { inspected, tab, tabs } = value;
  const entries = isRecord(tabs) ? Object.entries(tabs).filter(([name]) => isTabName(name)) : [];
  return {
    ...(isInspected(inspected) && { inspected }),
    ...(isTabName(tab) && { tab }),
    tabs: Object.fromEntries(entries.map(([name, item]) => [name, readTab(item)])),
  };
}

function readTab(value: unknown): TabMemory {
  if (!isRecord(value)) return fresh;
  const { scroll, search, folded, sort, asTable, shown, check } = value;
  const { column, descending }: Record<string, unknown> = isRecord(sort) ? sort : {};
  return {
    scroll: isNumber(scroll) ? scroll : 0,
    search: isString(search) ? search : '',
    folded: listOf(isString)(folded) ? folded : [],
    ...(isString(column) && isBoolean(descending) && { sort: { column, descending } }),
    asTable: asTable === true,
    shown: mapOf(isNumber)(shown) ? shown : {},
    ...(isNumber(check) && { check }),
  };
}

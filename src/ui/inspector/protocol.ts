import {
  type Check,
  type Checked,
  type Fields,
  isBoolean,
  isIndex,
  isNumber,
  isPresent,
  isRecord,
  isString,
  listOf,
  literal,
  mapOf,
  object,
  optional,
  type Shape,
  variants,
} from '../../base/check';
import {
  isDrawingEdge,
  isDrawingNode,
  isHealthCheck,
  isLayer,
  isPathChange,
  isProcess,
  isSection,
  isSignal,
  isStatsSample,
  isValue,
} from './contents';

export type * from './contents';

/*
 * What the inspector's panel (the host) and its page (in the browser) send each other. Both check what they receive
 * with the checks below, and the types follow from these. The host makes every sentence and label; the page shows them
 * as text, whatever is in them. Only the host knows what a click does: the page sends back the number that it was
 * given.
 *
 * The page is dist/inspector.js, a module, in an empty body, with dist/inspector.css and the font of its icons. The
 * body's `data-messages` holds the messages that the host has when it writes the document, as a JSON array.
 */

/** The kinds of object that have an inspector. */
export const inspectedKinds = ['container', 'image', 'network', 'volume'] as const;
export type InspectedKind = (typeof inspectedKinds)[number];
const isKind = literal(...inspectedKinds);

interface TabShape {
  /** The kinds of object that have the tab. */
  of: readonly InspectedKind[];
  /** The fields of its content. A tab without them has its own messages. */
  content?: Fields;
}

/** The table of all tabs. An object shows those of its kind in this order. */
const tabs = {
  overview: { of: inspectedKinds, content: { sections: listOf(isSection), health: optional(listOf(isHealthCheck)) } },
  stats: { of: ['container'] },
  processes: {
    of: ['container'],
    content: { columns: listOf(isString), rows: listOf(isProcess), signals: listOf(isSignal) },
  },
  environment: { of: ['container'], content: { variables: listOf(object({ name: isString, value: isValue })) } },
  mounts: { of: ['container'], content: { sections: listOf(isSection) } },
  network: { of: ['container'], content: { sections: listOf(isSection) } },
  changes: { of: ['container'], content: { changes: listOf(isPathChange) } },
  layers: { of: ['image'], content: { layers: listOf(isLayer) } },
  drawing: { of: ['network'], content: { nodes: listOf(isDrawingNode), edges: listOf(isDrawingEdge) } },
  /** `hidden` is how many texts in `json` look secret and are hidden, in part or whole. */
  raw: { of: inspectedKinds, content: { json: isPresent, hidden: isNumber } },
} as const satisfies Readonly<Record<string, TabShape>>;

type Tabs = typeof tabs;
export type TabName = keyof Tabs;

/** The tabs of a kind of object. */
export type TabOf<K extends InspectedKind> = { [T in TabName]: K extends Tabs[T]['of'][number] ? T : never }[TabName];

type Contents = { [T in TabName]: Tabs[T] extends { content: infer F } ? { tab: T } & Shape<F> : never };

/** What a tab shows. */
export type TabContent = Contents[TabName];
export type ContentOf<T extends TabName> = Contents[T];

const tabEntries = Object.entries(tabs) as readonly [TabName, TabShape][];
export const isTabName = literal(...tabEntries.map(([name]) => name));

/** The tabs of a kind of object, in their order. */
export function tabsOf<K extends InspectedKind>(kind: K): readonly TabOf<K>[] {
  return tabEntries.flatMap(([name, { of }]) => (of.includes(kind) ? [name as TabOf<K>] : []));
}

const contentChecks = new Map<unknown, Check<unknown>>(
  tabEntries.flatMap(([name, { content }]) => (content ? [[name, object(content)]] : [])),
);
const isContent: Check<TabContent> = (value): value is TabContent =>
  isRecord(value) && contentChecks.get(value['tab'])?.(value) === true;

const isHead = object({
  /** The icon of the object's kind. */
  icon: isString,
  name: isString,
  /** What it is and how it is: “running · Up 5 minutes”. */
  description: listOf(isValue),
  /** Offered in its present state; `id` is sent back with `act`. */
  actions: listOf(object({ id: isIndex, title: isString, icon: isString })),
  tabs: listOf(object({ tab: isTabName, title: isString })),
  /** Says that the object or its engine is gone and this is its last state, or that another object has its name. */
  notice: optional(isString),
});

/** What the head of the page says. */
export type Head = Checked<typeof isHead>;

export const isInspected = object({
  kind: isKind,
  id: isString,
  /** As it was last called. */
  name: isString,
  engine: object({ id: isString, name: isString }),
});

/** What the panel is about. The page keeps it as `inspected` in its state (`setState`), from which it is restored. */
export type Inspected = Checked<typeof isInspected>;

export const isHostMessage = variants('type', {
  /** `texts` translates the page's own words (`vscode.l10n.bundle`). What is missing stays English. */
  texts: { texts: mapOf(isString), inspected: isInspected },
  /** With `inspected` if its name has changed. */
  head: { head: isHead, inspected: optional(isInspected) },
  content: { content: isContent },
  /** The tab has no content. The sentence says why, e.g. that a stopped container has no processes. */
  unavailable: { tab: isTabName, sentence: isString },
  /** The samples follow those that were sent before, or replace them (`reset`). */
  stats: { reset: isBoolean, samples: listOf(isStatsSample) },
  /** The whole of a value that looks secret or was cut. */
  revealed: { secret: isIndex, text: isString },
});
export type HostMessage = Checked<typeof isHostMessage>;

export const isPageMessage = variants('type', {
  /**
   * The page has loaded, with the messages of its document, and shows this tab. The host sends those of its texts,
   * its head and the tab's content that are not in the document, and from then on what changes.
   */
  ready: { tab: optional(isTabName) },
  show: { tab: isTabName },
  act: { action: isIndex },
  open: { link: isIndex },
  /** Asks for the whole of a value, by its number `secret` or `cut`. */
  reveal: { secret: isIndex },
  copy: { text: isString },
  /** Copies the whole of a value, by its number `secret` or `cut`. */
  copySecret: { secret: isIndex },
  /** Asks for the tab's content anew, e.g. for `changes`, for which there are no events. */
  refresh: { tab: isTabName },
  /** Sends one of the signals that were offered to a process. */
  signal: { process: isIndex, signal: isString },
});
export type PageMessage = Checked<typeof isPageMessage>;

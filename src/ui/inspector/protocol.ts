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
 * What the inspector's panel (the host side) and its page (the browser side) send each other. Both sides check what they
 * receive with the checks below; the types follow from these. The host makes every sentence and label, and the page shows
 * them as text, whatever is in them. Only the host knows what a click does: the page sends back the number that it was given.
 *
 * The page is dist/inspector.js, a module, in an empty body, with dist/inspector.css, whose font lies beside it. The body's
 * `data-messages` holds messages as a JSON array, if the host has some when it writes the document.
 */

/** The kinds of object that have an inspector. */
export const inspectedKinds = ['container', 'image', 'network', 'volume'] as const;
export type InspectedKind = (typeof inspectedKinds)[number];
const isKind = literal(...inspectedKinds);

interface TabShape {
  /** The kinds of object that have the tab. */
  of: readonly InspectedKind[];
  /** What it shows. A tab without content has messages of its own. */
  content?: Fields;
}

/** All tabs, in the order in which an object shows those of its kind. */
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
  /** Of the texts in `json`, so many are hidden in part or whole, as they look secret. */
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
  /** The sentence that it is gone or its engine away, and what is shown its last state; or that another has its tag. */
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
  /** `texts` are translations of the page's own words by their English (`vscode.l10n.bundle`); what is missing stays English. */
  texts: { texts: mapOf(isString), inspected: isInspected },
  /** With `inspected` where that has another name than was told before. */
  head: { head: isHead, inspected: optional(isInspected) },
  content: { content: isContent },
  /** The tab cannot be shown: one sentence that says why, e.g. that there are no processes of a stopped container. */
  unavailable: { tab: isTabName, sentence: isString },
  /** `reset` replaces what was drawn before, otherwise the samples come after it. */
  stats: { reset: isBoolean, samples: listOf(isStatsSample) },
  /** The whole of a value that looks secret or was cut. */
  revealed: { secret: isIndex, text: isString },
});
export type HostMessage = Checked<typeof isHostMessage>;

export const isPageMessage = variants('type', {
  /**
   * The page has loaded, with what its document holds, and shows this tab. The host answers with what the document does not
   * hold of its texts, its head and this tab's content, and from then on sends what changes.
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
  /** Asks for the tab's content anew, e.g. of `changes`, which no event tells of. */
  refresh: { tab: isTabName },
  /** Sends one of the signals that were offered to a process. */
  signal: { process: isIndex, signal: isString },
});
export type PageMessage = Checked<typeof isPageMessage>;

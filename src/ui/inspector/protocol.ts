/*
 * What the inspector's panel (the host side) and its page (the browser side) tell each other. Imports nothing, so that
 * both sides can have it. The host makes every sentence and label; the page shows them as text, whatever is in them. What
 * a click does is known to the host alone: the page sends back the number that it was given.
 *
 * The page is dist/inspector.js, a module, in an empty body, with dist/inspector.css, whose font lies beside it. The
 * body's `data-messages` may hold messages to begin with, as a JSON array: they are there before the page can listen.
 */

export type InspectedKind = 'container' | 'image' | 'network' | 'volume';

export type TabName =
  'overview' | 'stats' | 'processes' | 'environment' | 'mounts' | 'network' | 'changes' | 'layers' | 'drawing' | 'raw';

/** A piece of text on the page. */
export interface Value {
  text: string;
  /** The number of what a click opens (see `open`). */
  link?: number;
  /**
   * The number of a value that looks secret and is not sent before it is asked for (see `reveal`); `text` is what may be
   * shown of it, or empty.
   */
  secret?: number;
  /** The number of the whole of a long value, of which `text` is the beginning: asked for as a secret is. */
  cut?: number;
  /** How it stands out: a badge's colour and shape. */
  tone?: 'good' | 'bad' | 'warning' | 'quiet';
  /** In the editor's font: commands, paths, ids. */
  code?: boolean;
}

/** A name and what is said of it; several values stand below each other. */
export interface Fact {
  name: string;
  values: readonly Value[];
}

/** A headed list of facts, or (with `columns`) a table. */
export type Section =
  | { title: string; facts: readonly Fact[] }
  | { title: string; columns: readonly string[]; rows: readonly (readonly Value[])[]; empty: string };

/** One run of a health check. Times in milliseconds since the epoch. */
export interface HealthCheck {
  start: number;
  end: number;
  exitCode: number;
  output: string;
}

/** One measurement of a container. Rates are bytes a second; undefined where the engine tells none. */
export interface StatsSample {
  /** Milliseconds since the epoch, by the engine's clock. */
  time: number;
  /** 100 is one core at work. */
  cpuPercent?: number | undefined;
  memoryBytes?: number | undefined;
  memoryLimitBytes?: number | undefined;
  receivedRate?: number | undefined;
  sentRate?: number | undefined;
  readRate?: number | undefined;
  writtenRate?: number | undefined;
  processes?: number | undefined;
}

export interface Layer {
  /** Milliseconds since the epoch. */
  created: number;
  bytes: number;
  instruction: Value;
  comment: string;
  /** Tags that end with this layer. */
  tags: readonly string[];
}

export interface Process {
  /** As many as there are columns. */
  cells: readonly string[];
  /** The process's number, to send a signal to it; absent where none can be sent. The same as long as it lives. */
  process?: number;
}

/** A signal that can be sent: `name` is sent back, `title` says what it does. */
export interface Signal {
  name: string;
  title: string;
}

export type PathChange = readonly [kind: 'added' | 'changed' | 'deleted', path: string];

/** A node of the drawing of who is connected to whom: containers on one side, networks on the other. */
export interface DrawingNode {
  id: string;
  kind: 'container' | 'network';
  name: string;
  link: number;
  /** Whether it is the inspected object. */
  self: boolean;
}

/** What a tab shows. */
export type TabContent =
  | { tab: 'overview' | 'mounts' | 'network'; sections: readonly Section[]; health?: readonly HealthCheck[] }
  | { tab: 'environment'; variables: readonly { name: string; value: Value }[] }
  | { tab: 'processes'; columns: readonly string[]; rows: readonly Process[]; signals: readonly Signal[] }
  | { tab: 'changes'; changes: readonly PathChange[] }
  | { tab: 'layers'; layers: readonly Layer[] }
  | {
      tab: 'drawing';
      nodes: readonly DrawingNode[];
      edges: readonly { container: string; network: string; address: string }[];
    }
  /** Of the texts in `json`, so many are hidden in part or whole, as they look secret. */
  | { tab: 'raw'; json: unknown; hidden: number };

/** What the head of the page says. */
export interface Head {
  kind: InspectedKind;
  name: string;
  /** What it is and how it is: “running · Up 5 minutes”. */
  description: readonly Value[];
  /** Offered in its present state; `id` is sent back with `act`. */
  actions: readonly { id: number; title: string; icon: string }[];
  tabs: readonly { tab: TabName; title: string }[];
  /** The sentence that it is gone or its engine away, and what is shown its last state; or that its tag is another's. */
  notice?: string;
}

/** What the panel is about. The page keeps it as `inspected` in its state (`setState`), from which it is restored. */
export interface Inspected {
  kind: InspectedKind;
  id: string;
  /** As it was last called. */
  name: string;
  engine: { id: string; name: string };
}

export type HostMessage =
  /**
   * The first message after `ready`. `texts` are translations of the page's own words by their English (`vscode.l10n.bundle`);
   * what is missing stays English.
   */
  | { type: 'texts'; texts: Readonly<Record<string, string>>; inspected: Inspected }
  /** With `inspected` where that has another name than was told before. */
  | { type: 'head'; head: Head; inspected?: Inspected }
  | { type: 'content'; content: TabContent }
  /** The tab cannot be shown: one sentence that says why, e.g. that there are no processes of a stopped container. */
  | { type: 'unavailable'; tab: TabName; sentence: string }
  /** `reset` replaces what was drawn before, otherwise the samples come after it. */
  | { type: 'stats'; reset: boolean; samples: readonly StatsSample[] }
  /** The whole of a value that looks secret or was cut. */
  | { type: 'revealed'; secret: number; text: string };

export type PageMessage =
  /** The page has loaded and shows this tab. The host answers with texts, head and content, also if it began with some. */
  | { type: 'ready'; tab: TabName | undefined }
  | { type: 'show'; tab: TabName }
  | { type: 'act'; action: number }
  | { type: 'open'; link: number }
  /** Asks for the whole of a value, by its number `secret` or `cut`. */
  | { type: 'reveal'; secret: number }
  | { type: 'copy'; text: string }
  /** Copies the whole of a value, by its number `secret` or `cut`. */
  | { type: 'copySecret'; secret: number }
  /** Asks for the tab's content anew, e.g. of `changes`, which no event tells of. */
  | { type: 'refresh'; tab: TabName }
  /** Sends one of the signals that were offered to a process. */
  | { type: 'signal'; process: number; signal: string };

import {
  type Checked,
  either,
  isBoolean,
  isIndex,
  isNumber,
  isString,
  listOf,
  literal,
  object,
  optional,
  pairOf,
} from '../../base/check';

/*
 * The parts of what the page shows. They belong to the protocol, which exports their types too.
 */

export const isValue = object({
  text: isString,
  /** The number of what a click opens (see `open`). */
  link: optional(isIndex),
  /**
   * The number of a value that looks secret: it is sent when the page asks for it (see `reveal`). `text` is the part
   * that may be shown, or empty.
   */
  secret: optional(isIndex),
  /** The number of a long value, of which `text` is the beginning. The page asks for the whole as for a secret. */
  cut: optional(isIndex),
  /** How it stands out: a badge's colour and shape. */
  tone: optional(literal('good', 'bad', 'warning', 'quiet')),
  /** In the editor's font: commands, paths, ids. */
  code: optional(isBoolean),
});

/** A piece of text on the page. */
export type Value = Checked<typeof isValue>;
export type Tone = NonNullable<Value['tone']>;

export const isFact = object({ name: isString, values: listOf(isValue) });

/** A name and its values, one below the other. */
export type Fact = Checked<typeof isFact>;

export const isSection = either(
  object({ title: isString, facts: listOf(isFact) }),
  object({ title: isString, columns: listOf(isString), rows: listOf(listOf(isValue)), empty: isString }),
);

/** A headed list of facts, or (with `columns`) a table; `empty` is the sentence of a table without rows. */
export type Section = Checked<typeof isSection>;

export const isHealthCheck = object({ start: isNumber, end: isNumber, exitCode: isNumber, output: isString });

/** One run of a health check. Times in milliseconds since the epoch. */
export type HealthCheck = Checked<typeof isHealthCheck>;

export const isProcess = object({
  /** As many as there are columns. */
  cells: listOf(isString),
  /** The process's number, if a signal can be sent to it. It stays the same as long as the process lives. */
  process: optional(isIndex),
});
export type Process = Checked<typeof isProcess>;

export const isSignal = object({ name: isString, title: isString });

/** A signal that can be sent: `name` is sent back, `title` says what it does. */
export type Signal = Checked<typeof isSignal>;

export const isPathChange = pairOf(literal('added', 'changed', 'deleted'), isString);

/** How a path changed, and the path. */
export type PathChange = Checked<typeof isPathChange>;

export const isLayer = object({
  /** Milliseconds since the epoch. */
  created: isNumber,
  bytes: isNumber,
  instruction: isValue,
  comment: isString,
  /** Tags that end with this layer. */
  tags: listOf(isString),
});
export type Layer = Checked<typeof isLayer>;

export const isDrawingNode = object({
  id: isString,
  kind: literal('container', 'network'),
  name: isString,
  link: isIndex,
  /** Whether it is the inspected object. */
  self: isBoolean,
});

/** A node of the drawing of who is connected to whom: containers on one side, networks on the other. */
export type DrawingNode = Checked<typeof isDrawingNode>;

export const isDrawingEdge = object({ container: isString, network: isString, address: isString });

export const isStatsSample = object({
  /** Milliseconds since the epoch, by the engine's clock. */
  time: isNumber,
  /** 100 is one core at work. */
  cpuPercent: optional(isNumber),
  memoryBytes: optional(isNumber),
  memoryLimitBytes: optional(isNumber),
  receivedRate: optional(isNumber),
  sentRate: optional(isNumber),
  readRate: optional(isNumber),
  writtenRate: optional(isNumber),
  processes: optional(isNumber),
});

/** One measurement of a container. Rates are bytes a second; undefined where the engine gives none. */
export type StatsSample = Checked<typeof isStatsSample>;

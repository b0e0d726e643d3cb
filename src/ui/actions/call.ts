import { type Json, record, text, texts } from '../../base/read';
import { type HasSubject, hasSubject, type Subject } from '../objects/subject';

/** What a command is called with. */
export interface Call {
  /** The rows that were clicked or are selected. */
  readonly subjects: readonly Subject[];
  /** Ids (or unique beginnings of ids) or names that the caller gives. */
  readonly names: readonly string[];
  /** Answers to the command's questions, and `ask: false` to be asked none. */
  readonly options: Json;
  /**
   * Whether a program calls: one that gives names or options. It gets a rejection, and decides what to show. A person's
   * call (menu, palette, key on a view) shows its failure in a message and never rejects: VS Code would show a second
   * message.
   */
  readonly fromProgram: boolean;
}

/**
 * Sorts out a command's arguments:
 * - `(node, nodes?)` as VS Code passes for menus of a row, and for those of a view's title: the focused and selected
 *   rows
 * - `(name | names, options?)` from programs
 * - `(options)`, in which `target` may hold names, for keybindings and tasks, which can pass only one argument;
 *   `{ selection: viewId }` there stands for the rows that are selected in that view
 * - nothing: the command asks
 */
export function readCall(args: readonly unknown[], selection: (viewId: string) => readonly HasSubject[]): Call {
  const [first, second] = args;
  if (hasSubject(first)) return { ...nothing, subjects: subjectsOf(first, second) };
  const options = isPlain(first) ? first : isPlain(second) ? second : {};
  const view = text(options['selection']);
  if (view) return { ...nothing, options, subjects: selection(view).map(({ subject }) => subject) };
  const names = [...namesOf(first), ...namesOf(options['target'])];
  return { ...nothing, names, options, fromProgram: names.length > 0 || isPlain(first) || isPlain(second) };
}

const nothing: Call = { subjects: [], names: [], options: {}, fromProgram: false };

/** The clicked row, then the other selected ones: VS Code passes them when the clicked one is among them. */
function subjectsOf(clicked: HasSubject, selected: unknown): Subject[] {
  const nodes = Array.isArray(selected) ? selected.filter(hasSubject) : [];
  return [...new Set([clicked, ...nodes])].map(({ subject }) => subject);
}

function namesOf(value: unknown): string[] {
  return typeof value === 'string' ? [value] : texts(value);
}

function isPlain(value: unknown): value is Json {
  return record(value) === value && Object.getPrototypeOf(value) === Object.prototype;
}

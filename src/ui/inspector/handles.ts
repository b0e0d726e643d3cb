import type { InspectedKind } from './protocol';

/** What a click on a link does. */
export type LinkTarget =
  | { kind: 'object'; object: InspectedKind; id: string; name: string }
  /** A published port, in the browser. */
  | { kind: 'url'; url: string }
  /** What a path of this machine names: a file or a folder, as the engine or a label claims. */
  | { kind: 'path'; path: string }
  /** What is slow to be known is asked for anew, by its name. */
  | { kind: 'measure'; name: string };

/** Values by number: what the page is told instead of them. The same key keeps its number, with its latest value. */
export class Numbered<T> {
  readonly #numbers = new Map<string, number>();
  readonly #values: T[] = [];

  number(key: string, value: T): number {
    const known = this.#numbers.get(key) ?? this.#values.length;
    this.#numbers.set(key, known);
    this.#values[known] = value;
    return known;
  }

  get(number: number): T | undefined {
    return this.#values[number];
  }
}

/** What a page's numbers stand for. A page asks for nothing but what it was given here. */
export class Handles {
  readonly #links = new Numbered<LinkTarget>();
  readonly #held = new Numbered<string>();
  readonly #actions = new Numbered<string>();
  /** The processes that the page was last told of, by their ids, and what each runs. */
  processes: ReadonlyMap<number, string> = new Map();

  link(target: LinkTarget): number {
    return this.#links.number(JSON.stringify(target), target);
  }

  linkOf(number: number): LinkTarget | undefined {
    return this.#links.get(number);
  }

  /** Holds back a text. `place` says where it stands: there it keeps its number when the text changes. */
  hold(place: string, text: string): number {
    return this.#held.number(place, text);
  }

  heldOf(number: number): string | undefined {
    return this.#held.get(number);
  }

  action(command: string): number {
    return this.#actions.number(command, command);
  }

  actionOf(number: number): string | undefined {
    return this.#actions.get(number);
  }
}

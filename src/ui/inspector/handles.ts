import type { InspectedKind } from './protocol';

/** What a click on a link does. */
export type LinkTarget =
  | { kind: 'object'; object: InspectedKind; id: string; name: string }
  /** A published port, in the browser. */
  | { kind: 'url'; url: string }
  /** A file or a folder of this machine, as the engine or a label claims. */
  | { kind: 'path'; path: string }
  /** Measures again what is slow to find out, by its name. */
  | { kind: 'measure'; name: string };

/** Values with numbers, which the page gets instead. A key keeps its number and has its latest value. */
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

/** What the numbers on a page stand for. A page can ask for nothing else than what it was given a number of. */
export class Handles {
  readonly #links = new Numbered<LinkTarget>();
  readonly #held = new Numbered<string>();
  readonly #actions = new Numbered<string>();
  /** The processes that the page shows, by their ids, and the command of each. */
  processes: ReadonlyMap<number, string> = new Map();

  link(target: LinkTarget): number {
    return this.#links.number(JSON.stringify(target), target);
  }

  linkOf(number: number): LinkTarget | undefined {
    return this.#links.get(number);
  }

  /** Keeps a text from the page until it asks. A place keeps its number when its text changes. */
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

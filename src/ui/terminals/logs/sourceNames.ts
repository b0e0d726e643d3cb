import { oneLine } from '../../../base/visible';

const maxWidth = 24;
/** Colours that can be read on dark and on light: cyan, green, magenta, blue, yellow, and the bright ones of these. */
const colours = [36, 32, 35, 34, 33, 96, 92, 95, 94, 93] as const;
const esc = '\x1b';

/** The names of the sources of a merged log, each in a colour of its own, all of the same width. */
export class SourceNames {
  readonly #names = new Map<string, { name: string; colour: number }>();
  #width = 0;

  /** Sets a source's name, which may be foreign. Returns whether all names now have another width. */
  set(source: string, foreign: string): boolean {
    const known = this.#names.get(source);
    const name = oneLine(foreign);
    this.#names.set(source, { name, colour: known?.colour ?? this.#colourFor(name) });
    const before = this.#width;
    this.#width = Math.min(maxWidth, Math.max(...[...this.#names.values()].map(entry => entry.name.length)));
    return this.#width !== before;
  }

  /** The name as lines begin with it, and a space; empty for a source without a name. */
  column(source: string): string {
    const known = this.#names.get(source);
    return known ? `${esc}[${known.colour}m${fitted(known.name, this.#width)}${esc}[39m ` : '';
  }

  /** A name always gets the same colour, or the next one if another source has it. */
  #colourFor(name: string): number {
    const used = new Set([...this.#names.values()].map(({ colour }) => colour));
    const first = hashOf(name) % colours.length;
    const order = colours.map((_, index) => colours[(first + index) % colours.length] ?? 36);
    return order.find(colour => !used.has(colour)) ?? order[0] ?? 36;
  }
}

function hashOf(name: string): number {
  return Array.from(name).reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003, 7);
}

function fitted(name: string, width: number): string {
  return name.length > width ? `${name.slice(0, width - 1)}…` : name.padEnd(width);
}

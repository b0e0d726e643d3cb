import type { Match, Pattern } from './pattern';

/** Tells which lines a pattern shows, with some lines around each, and counts the hidden ones. */
export class LogFilter {
  #before: number[] = [];
  #after = 0;
  /** How many lines there have been, and how many of them are hidden. */
  seen = 0;
  hidden = 0;

  constructor(
    readonly pattern: Pattern,
    readonly context: number,
  ) {}

  /**
   * Takes the matches of the next lines, and returns the indices of the lines to show, in order. Lines of earlier calls
   * have negative indices.
   */
  take(matches: readonly (Match | undefined)[]): number[] {
    const shown: number[] = [];
    matches.forEach((match, index) => {
      const wanted = (match !== undefined) !== this.pattern.exclude;
      if (wanted) {
        shown.push(...this.#before.splice(0), index);
        this.#after = this.context;
      } else if (this.#after > 0) {
        this.#after--;
        shown.push(index);
      } else {
        this.#before.push(index);
        if (this.#before.length > this.context) this.#before.shift();
      }
    });
    this.seen += matches.length;
    this.hidden += matches.length - shown.length;
    this.#before = this.#before.map(index => index - matches.length);
    return shown;
  }
}

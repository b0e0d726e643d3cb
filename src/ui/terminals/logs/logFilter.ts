import type { Match, Pattern } from './pattern';

/** Lets the lines through that a pattern shows, and so many around each; counts the others. */
export class LogFilter {
  #before: number[] = [];
  #after = 0;
  /** How many lines have come, and how many of them are hidden. */
  seen = 0;
  hidden = 0;

  constructor(
    readonly pattern: Pattern,
    readonly context: number,
  ) {}

  /**
   * Takes the next lines' matches, and gives the indices of the lines to show, in order. Lines of earlier calls that stand
   * before a match have negative indices.
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

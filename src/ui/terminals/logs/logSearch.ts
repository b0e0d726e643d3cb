import type { InForce } from './logFoot';
import type { LogView } from './logView';
import { type Pattern, SlowPattern } from './pattern';

const maxContext = 20;

/** Filters a log and finds its matches. Methods that return a text return what the terminal then shows. */
export class LogSearch {
  /** The match that is shown, and how many there are; undefined while lines come as usual. */
  #shownMatch: InForce['at'];
  /** A pattern that was given up because it took too long. */
  #slow: string | undefined;

  /** @param head the first line of the terminal */
  constructor(
    private readonly view: LogView,
    private readonly head: () => string,
  ) {}

  get state(): Pick<InForce, 'look' | 'at' | 'slow'> {
    return { look: this.view.look, at: this.#shownMatch, slow: this.#slow };
  }

  setFilter(pattern: Pattern | undefined): string {
    this.#slow = undefined;
    this.view.filter(pattern, this.view.look.filter?.context);
    return this.redraw();
  }

  setFind(pattern: Pattern | undefined): void {
    this.#slow = this.#shownMatch = undefined;
    this.view.find = pattern;
  }

  /** Shows more or fewer lines around each line that the filter shows. Returns whether there is a filter. */
  widen(by: number): boolean {
    const { filter } = this.view.look;
    if (filter) this.view.filter(filter.pattern, Math.min(maxContext, Math.max(0, filter.context + by)));
    return filter !== undefined;
  }

  /** Gives up the find, or else the filter. Returns whether there was one. */
  leave(): boolean {
    const { find, filter } = this.view.look;
    if (find) this.view.find = undefined;
    else if (filter) this.view.filter(undefined);
    return find !== undefined || filter !== undefined;
  }

  /** If nothing is looked for, looks for the matches of the filter. Returns whether there is something to look for. */
  findOrFilter(): boolean {
    const { find, filter } = this.view.look;
    if (!find && filter && !filter.pattern.exclude) this.view.find = filter.pattern;
    return this.view.look.find !== undefined;
  }

  /** The next match or the one before, with the lines around it; the last match if none is shown yet. */
  jump(by: 1 | -1, rows: number): string {
    return this.matching(() => {
      const { lines, at } = this.view.matches();
      const wanted = this.#shownMatch ? this.#shownMatch.match + by : at.length - 1;
      const match = Math.max(0, Math.min(at.length - 1, wanted));
      this.#shownMatch = { match, of: at.length };
      return at.length === 0 ? '' : this.view.page(lines, at[match] ?? 0, rows);
    });
  }

  /** Lets lines come again. Returns whether a match was shown, so that the terminal is to be drawn again. */
  leaveMatch(): boolean {
    const wasShown = this.#shownMatch !== undefined;
    this.#shownMatch = undefined;
    return wasShown;
  }

  redraw(): string {
    return this.matching(() => this.view.redraw(this.head()));
  }

  /** Does work with the patterns. Gives them up if that takes too long. */
  matching(work: () => string): string {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SlowPattern)) throw error;
      this.#giveUp();
      return this.view.redraw(this.head());
    }
  }

  #giveUp(): void {
    const { find, filter } = this.view.look;
    this.#slow = [find, filter?.pattern].flatMap(pattern => pattern?.typed ?? []).join(' ');
    this.view.find = undefined;
    this.view.filter(undefined);
    this.#shownMatch = undefined;
  }
}

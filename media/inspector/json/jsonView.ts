import type { Translate } from '../../shared/texts';
import { characterWidth } from '../lists/geometry';
import { treeList } from '../lists/treeList';
import type { WindowedList } from '../lists/windowedList';
import { type JsonLine, jsonLines } from './jsonLines';
import { jsonRow } from './jsonRow';
import type { Match } from './jsonSearch';
import { indentation, type Segment, segmentsOf } from './jsonSegments';

export interface JsonViewOptions {
  t: Translate;
  /** Paths of folded lists and objects. */
  folded: ReadonlySet<string>;
  onFold: (path: string, folded: boolean) => void;
  onActive: (line: JsonLine) => void;
}

/** The width of the twisties' column, in pixels. */
const gutter = 20;

/** A JSON value as text with folding; a line that is longer than the page is wide goes on in the next row. */
export class JsonView {
  readonly #list: WindowedList;
  #lines: readonly JsonLine[] = [];
  /** The rows. */
  #segments: readonly Segment[] = [];
  #columns = 80;
  #matches: ReadonlyMap<number, readonly Match[]> = new Map();
  #current: Match | undefined;

  constructor(private readonly options: JsonViewOptions) {
    this.#list = treeList({
      label: options.t('The engine’s answer'),
      render: index => this.#render(index),
      onActive: index => this.#onActive(index),
      step: (index, by) => this.#step(index, by),
      isFolded: index => options.folded.has(this.#lineAt(index)?.path ?? ''),
      fold: (index, folded) => this.#fold(index, folded),
      parentOf: index => this.#parentOf(index),
    });
    this.element.classList.add('json-view');
    new ResizeObserver(() => {
      if (this.#measure()) this.#layout();
    }).observe(this.element);
  }

  get element(): HTMLElement {
    return this.#list.element;
  }

  get lines(): readonly JsonLine[] {
    return this.#lines;
  }

  show(json: unknown): void {
    this.#lines = jsonLines(json);
    this.draw();
  }

  /** Draws again what was left undrawn while it was hidden. */
  draw(): void {
    this.#measure();
    this.#layout();
  }

  mark(matches: readonly Match[], current: Match | undefined): void {
    this.#matches = byLine(matches);
    this.#current = current;
    this.#list.draw(this.#segments.length);
  }

  /** Unfolds what a match is in and scrolls to it. */
  reveal(match: Match): void {
    const outer = this.#lines.filter((line, index) => index < match.line && (line.end ?? -1) > match.line);
    for (const { path } of outer) if (this.options.folded.has(path)) this.options.onFold(path, false);
    this.#layout();
    const found = this.#segments.findIndex(({ line, end }) => line === match.line && end > match.begin);
    const stop = this.#segments.findIndex(({ line }) => line === match.line);
    this.#list.activate(this.#isStop(stop) ? stop : found);
    this.#list.reveal(found);
  }

  #lineAt(index: number): JsonLine | undefined {
    return this.#lines[this.#segments[index]?.line ?? -1];
  }

  /** Keys stop at the first row of each line, except of lines that only close. */
  #isStop(index: number): boolean {
    return this.#segments[index]?.begin === 0 && (this.#lineAt(index)?.position ?? 0) > 0;
  }

  #step(index: number, by: 1 | -1): number {
    const count = this.#segments.length;
    let next = Math.max(-1, Math.min(index, count)) + by;
    while (next > 0 && next < count && !this.#isStop(next)) next += by;
    return next >= count && !this.#isStop(count - 1) ? index : next;
  }

  #fold(index: number, folded: boolean): boolean {
    const line = this.#lineAt(index);
    if (line?.end === undefined || this.options.folded.has(line.path) === folded) return false;
    this.options.onFold(line.path, folded);
    this.#layout();
    return true;
  }

  #parentOf(index: number): number {
    const depth = this.#lineAt(index)?.depth ?? 0;
    const isOuter = (at: number): boolean => (this.#lineAt(at)?.depth ?? 0) < depth && this.#isStop(at);
    return this.#segments.findLastIndex((_segment, at) => at < index && isOuter(at));
  }

  #onActive(index: number): void {
    const line = this.#lineAt(index);
    if (line) this.options.onActive(line);
  }

  #render(index: number): HTMLElement {
    const segment = this.#segments[index] ?? { line: 0, begin: 0, end: 0 };
    const line = this.#lines[segment.line];
    if (!line) return document.createElement('div');
    return jsonRow({
      line,
      segment,
      isFolded: line.end !== undefined && this.options.folded.has(line.path),
      indentation: indentation(line, this.#columns),
      matches: this.#matches.get(segment.line) ?? [],
      current: this.#current,
    });
  }

  #layout(): void {
    this.#segments = segmentsOf(this.#lines, this.options.folded, this.#columns);
    this.#list.draw(this.#segments.length);
  }

  /** Returns whether the number of columns has changed. */
  #measure(): boolean {
    const { element } = this;
    if (element.clientWidth === 0) return false;
    const before = this.#columns;
    this.#columns = Math.max(1, Math.floor((element.clientWidth - gutter) / characterWidth(element)));
    return this.#columns !== before;
  }
}

function byLine(matches: readonly Match[]): Map<number, Match[]> {
  const groups = new Map<number, Match[]>();
  for (const match of matches) {
    const group = groups.get(match.line);
    if (group) group.push(match);
    else groups.set(match.line, [match]);
  }
  return groups;
}

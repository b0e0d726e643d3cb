import type { Translate } from '../../shared/texts';
import { characterWidth, windowedList } from '../lists/windowedList';
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

/** A JSON value as text with folding; a line that is longer than the page is wide goes on in the next row. */
export interface JsonView {
  readonly element: HTMLElement;
  readonly lines: readonly JsonLine[];
  show(json: unknown): void;
  /** Draws again what was left undrawn while it was hidden. */
  draw(): void;
  mark(matches: readonly Match[], current: Match | undefined): void;
  /** Unfolds what a match is in and scrolls to it. */
  reveal(match: Match): void;
}

/** The place of the signs that fold, in pixels. */
const gutter = 20;

export function jsonView({ t, folded, onFold, onActive }: JsonViewOptions): JsonView {
  let lines: readonly JsonLine[] = [];
  let segments: readonly Segment[] = [];
  let columns = 80;
  let matches = new Map<number, Match[]>();
  let current: Match | undefined;

  const lineAt = (index: number): JsonLine | undefined => lines[segments[index]?.line ?? -1];
  const fold = (index: number, value: boolean): boolean => {
    const line = lineAt(index);
    if (line?.end === undefined || folded.has(line.path) === value) return false;
    onFold(line.path, value);
    layout();
    return true;
  };
  const parentOf = (index: number): number => {
    const depth = lineAt(index)?.depth ?? 0;
    return segments.findLastIndex((_segment, at) => at < index && (lineAt(at)?.depth ?? 0) < depth && isStop(at));
  };
  const isStop = (index: number): boolean => segments[index]?.begin === 0 && (lineAt(index)?.position ?? 0) > 0;
  const list = windowedList({
    role: 'tree',
    label: t('The engine’s answer'),
    render: index => render(index),
    onActive: index => {
      const line = lineAt(index);
      if (line) onActive(line);
    },
    step: (index, by) => {
      let next = Math.max(-1, Math.min(index, segments.length)) + by;
      while (next > 0 && next < segments.length && !isStop(next)) next += by;
      return next >= segments.length && !isStop(segments.length - 1) ? index : next;
    },
    onKey: (key, index) => {
      if (key === 'ArrowRight') return fold(index, false);
      if (key === 'Enter' || key === ' ') return fold(index, !folded.has(lineAt(index)?.path ?? ''));
      if (key !== 'ArrowLeft') return false;
      if (!fold(index, true) && parentOf(index) >= 0) list.activate(parentOf(index));
      return true;
    },
  });
  list.element.classList.add('json-view');
  list.element.addEventListener('click', event => {
    if ((event.target as Element).closest('.twistie')) fold(list.active, !folded.has(lineAt(list.active)?.path ?? ''));
  });

  const render = (index: number): HTMLElement => {
    const segment = segments[index] ?? { line: 0, begin: 0, end: 0 };
    const line = lines[segment.line];
    if (!line) return document.createElement('div');
    return jsonRow({
      line,
      segment,
      isFolded: line.end !== undefined && folded.has(line.path),
      indentation: indentation(line, columns),
      matches: matches.get(segment.line) ?? [],
      current,
    });
  };
  const layout = (): void => {
    segments = segmentsOf(lines, folded, columns);
    list.draw(segments.length);
  };
  const measure = (): boolean => {
    if (list.element.clientWidth === 0) return false;
    const before = columns;
    columns = Math.max(1, Math.floor((list.element.clientWidth - gutter) / characterWidth(list.element)));
    return columns !== before;
  };
  new ResizeObserver(() => {
    if (measure()) layout();
  }).observe(list.element);

  return {
    element: list.element,
    get lines() {
      return lines;
    },
    show: json => {
      lines = jsonLines(json);
      measure();
      layout();
    },
    draw: () => {
      measure();
      layout();
    },
    mark: (all, at) => {
      matches = byLine(all);
      current = at;
      list.draw(segments.length);
    },
    reveal: match => {
      const outer = lines.filter((line, index) => index < match.line && (line.end ?? -1) > match.line);
      for (const { path } of outer) if (folded.has(path)) onFold(path, false);
      layout();
      const found = segments.findIndex(({ line, end }) => line === match.line && end > match.begin);
      const stop = segments.findIndex(({ line }) => line === match.line);
      list.activate(isStop(stop) ? stop : found);
      list.reveal(found);
    },
  };
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

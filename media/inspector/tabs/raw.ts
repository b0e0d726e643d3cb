import type { ContentOf } from '../../../src/ui/inspector/protocol';
import { button, h } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import { foldedSet } from '../folding';
import type { JsonLine } from '../json/jsonLines';
import { findMatches, type Match, mostMatches } from '../json/jsonSearch';
import { JsonView } from '../json/jsonView';
import type { Page, TabView } from '../page';
import type { Block } from '../parts/blocks';
import { copyButton } from '../parts/copyButton';
import { detailsBar } from '../parts/detailsBar';
import { SearchField } from '../parts/searchField';

const longestName = 400;

/** The engine's whole answer about the object, with search. */
export class RawTab implements TabView<'raw'> {
  readonly element: HTMLElement;
  readonly #view: JsonView;
  readonly #search: SearchField;
  readonly #count = h('span', { class: 'quiet count', role: 'status' });
  readonly #hidden = h('p', { class: 'quiet', hidden: '' });
  #json: unknown;
  /** What is drawn, as JSON. */
  #drawn = '';
  #matches: readonly Match[] = [];
  /** The match that the search is at; negative before it is at one. */
  #at = -1;

  constructor(private readonly page: Page) {
    const folded = foldedSet(page.memory, 'raw');
    const bar = detailsBar(page.t('The chosen value'));
    this.#view = new JsonView({
      t: page.t,
      folded: folded.all,
      onFold: folded.set,
      onActive: line => bar.show(lineDetails(page, line)),
    });
    this.#search = new SearchField(page, 'raw', {
      label: page.t('Search'),
      onChange: () => this.#searchAnew(),
      onEnter: backwards => this.#go(backwards ? -1 : 1),
    });
    this.element = h('div', { class: 'raw' }, this.#toolbar(), this.#hidden, this.#view.element, bar.element);
  }

  update({ json, hidden }: ContentOf<'raw'>): void {
    const next = JSON.stringify(json);
    if (next === this.#drawn) return;
    this.#drawn = next;
    this.#json = json;
    this.#hidden.hidden = hidden === 0;
    this.#hidden.textContent = hiddenText(this.page, hidden);
    this.#view.show(json);
    this.#find();
  }

  shown(): void {
    this.#view.draw();
  }

  #toolbar(): HTMLElement {
    const { t } = this.page;
    return h(
      'div',
      { class: 'toolbar sticky-top' },
      this.#search.element,
      button({ icon: 'arrow-up', title: t('Previous Match') }, () => this.#go(-1)),
      button({ icon: 'arrow-down', title: t('Next Match') }, () => this.#go(1)),
      copyButton(this.page, t('all as JSON'), () => ({ type: 'copy', text: JSON.stringify(this.#json, undefined, 2) })),
      this.#count,
    );
  }

  #searchAnew(): void {
    this.#find();
    this.#go(1);
  }

  #find(): void {
    this.#matches = findMatches(this.#view.lines, this.#search.text);
    this.#at = -1;
    this.#mark();
  }

  #go(by: 1 | -1): void {
    const { length } = this.#matches;
    if (length === 0) return;
    if (this.#at < 0) this.#at = by > 0 ? 0 : length - 1;
    else this.#at = (this.#at + by + length) % length;
    const match = this.#matches[this.#at];
    if (match) this.#view.reveal(match);
    this.#mark();
  }

  #mark(): void {
    this.#count.textContent = countText(this.page, this.#search.text, this.#matches.length, this.#at);
    this.#view.mark(this.#matches, this.#matches[this.#at]);
  }
}

function hiddenText(page: Page, count: number): string {
  return count === 1
    ? page.t('One value that looks secret is hidden here; “Inspect … as JSON” shows it.')
    : page.t('{0} values that look secret are hidden here; “Inspect … as JSON” shows them.', count.toLocaleString());
}

function countText(page: Page, wanted: string, count: number, at: number): string {
  if (wanted === '') return '';
  if (count === 0) return page.t('No matches');
  const all = count >= mostMatches ? `${count.toLocaleString()}+` : count.toLocaleString();
  return at < 0 ? page.t('{0} matches', all) : page.t('{0} of {1}', (at + 1).toLocaleString(), all);
}

function lineDetails(page: Page, { path, value }: JsonLine): Block {
  const name = path === '' ? page.t('all as JSON') : path;
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  const build = (): HTMLElement => {
    const copy = copyButton(page, name, () => ({ type: 'copy', text }));
    return h('p', {}, h('span', { class: 'text code' }, visibleLine(name.slice(0, longestName))), copy);
  };
  return { model: [name, text], build };
}

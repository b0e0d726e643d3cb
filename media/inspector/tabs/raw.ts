import { button, h } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Block } from '../blocks';
import { copyButton } from '../copying';
import { detailsBar } from '../detailsBar';
import { foldedSet } from '../folding';
import type { JsonLine } from '../json/jsonLines';
import { findMatches, type Match, mostMatches } from '../json/jsonSearch';
import { jsonView } from '../json/jsonView';
import type { Page, TabView } from '../page';
import { searchField } from '../searchField';

/** All that the engine tells of the object, with search. */
export function rawTab(page: Page): TabView {
  let json: unknown;
  let drawn = '';
  let matches: readonly Match[] = [];
  let at = -1;
  const folded = foldedSet(page.memory, 'raw');
  const bar = detailsBar(page.t('The chosen value'));
  const view = jsonView({
    t: page.t,
    folded: folded.all,
    onFold: folded.set,
    onActive: line => bar.show(lineDetails(page, line)),
  });
  const count = h('span', { class: 'quiet count', role: 'status' });
  const hidden = h('p', { class: 'quiet', hidden: '' });

  const mark = (): void => {
    count.textContent = countText(page, search.text, matches.length, at);
    view.mark(matches, matches[at]);
  };
  const find = (): void => {
    matches = findMatches(view.lines, search.text);
    at = -1;
    mark();
  };
  const go = (by: 1 | -1): void => {
    if (matches.length === 0) return;
    at = at < 0 ? (by > 0 ? 0 : matches.length - 1) : (at + by + matches.length) % matches.length;
    const match = matches[at];
    if (match) view.reveal(match);
    mark();
  };
  const search = searchField(
    page,
    'raw',
    page.t('Search'),
    () => {
      find();
      go(1);
    },
    backwards => go(backwards ? -1 : 1),
  );
  const toolbar = h(
    'div',
    { class: 'toolbar sticky-top' },
    search.element,
    button({ icon: 'arrow-up', title: page.t('Previous Match') }, () => go(-1)),
    button({ icon: 'arrow-down', title: page.t('Next Match') }, () => go(1)),
    copyButton(page, page.t('all as JSON'), () => ({ type: 'copy', text: JSON.stringify(json, undefined, 2) })),
    count,
  );
  return {
    element: h('div', { class: 'raw' }, toolbar, hidden, view.element, bar.element),
    update: content => {
      if (content.tab !== 'raw') return;
      const next = JSON.stringify(content.json);
      if (next === drawn) return;
      drawn = next;
      json = content.json;
      hidden.hidden = content.hidden === 0;
      hidden.textContent = hiddenText(page, content.hidden);
      view.show(json);
      find();
    },
    shown: () => view.draw(),
  };
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
  const build = (): HTMLElement =>
    h(
      'p',
      {},
      h('span', { class: 'text code' }, visibleLine(name.slice(0, 400))),
      copyButton(page, name, () => ({ type: 'copy', text })),
    );
  return { model: [name, text], build };
}

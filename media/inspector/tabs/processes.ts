import type { Process, Signal } from '../../../src/ui/inspector/protocol';
import { h, setText } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Block } from '../blocks';
import { copyButton } from '../copying';
import { detailsBar } from '../detailsBar';
import { dataTable } from '../lists/dataTable';
import { longText } from '../longText';
import type { ContentOf, Page, TabView } from '../page';
import { searchField } from '../searchField';

/** The container's processes as `docker top` tells them, and signals to the one that is chosen. */
export function processesTab(page: Page): TabView {
  let content: ContentOf<'processes'> | undefined;
  const bar = detailsBar(page.t('The chosen process'));
  const count = h('span', { class: 'quiet', role: 'status' });
  const table = dataTable<Process>(page, {
    label: page.t('Processes'),
    sort: page.memory.tab('processes').sort,
    onSort: sort => page.memory.setTab('processes', { sort }),
    lead: columns => columns - 1,
    key: ({ process, cells }) => cells[content?.columns.indexOf('PID') ?? -1] ?? process ?? cells.join('\n'),
    onActive: row => showDetails(row),
  });
  const showDetails = (row: Process | undefined): void =>
    bar.show(...(row && content ? detailsOf(page, row, content) : []));
  const draw = (): void => {
    if (!content) return;
    const { columns, rows } = content;
    const wanted = search.text.toLowerCase();
    const fitting = rows.filter(({ cells }) => cells.some(cell => cell.toLowerCase().includes(wanted)));
    setText(count, page.t('{0} of {1}', fitting.length, rows.length));
    table.show(columns, fitting);
  };
  const search = searchField(page, 'processes', page.t('Filter'), draw);
  return {
    element: h('div', {}, h('div', { class: 'toolbar' }, search.element, count), table.element, bar.element),
    update: next => {
      if (next.tab !== 'processes') return;
      content = next;
      draw();
    },
    shown: () => table.shown(),
  };
}

function detailsOf(page: Page, { cells, process }: Process, { columns, signals }: ContentOf<'processes'>): Block[] {
  const command = cells.at(-1) ?? '';
  const name = columns.at(-1) ?? '';
  const facts = columns.slice(0, -1).map((column, index) => [column, cells[index] ?? ''] as const);
  return [
    { model: [name, command], build: () => commandElement(page, name, command) },
    { model: facts, build: () => factsElement(facts) },
    {
      model: [process, signals],
      build: () => (process === undefined ? unreachable(page) : signalForm(page, process, signals)),
    },
  ];
}

function commandElement(page: Page, name: string, command: string): HTMLElement {
  const copy = copyButton(page, name, () => ({ type: 'copy', text: command }));
  return h('p', {}, h('span', { class: 'text code' }, ...longText(page, command)), copy);
}

function factsElement(facts: readonly (readonly [name: string, value: string])[]): HTMLElement {
  const elements = facts.map(([name, value]) =>
    h('span', {}, h('span', { class: 'quiet' }, `${visibleLine(name)} `), visibleLine(value)),
  );
  return h('p', { class: 'facts-line' }, ...elements);
}

/** An engine on another machine tells ids that hold there, while a signal comes from within the container. */
function unreachable(page: Page): HTMLElement {
  const sentence = page.t('No signal can be sent to it: its id within the container cannot be known.');
  return h('p', { class: 'quiet' }, sentence);
}

function signalForm(page: Page, process: number, signals: readonly Signal[]): HTMLElement {
  const options = signals.map(({ name, title }) => h('vscode-option', { value: name }, `${name}: ${title}`));
  const dropdown = h('vscode-dropdown', { 'aria-label': page.t('Signal'), position: 'above' }, ...options);
  const send = h('vscode-button', { appearance: 'secondary' }, page.t('Send Signal'));
  send.addEventListener('click', () => {
    const chosen = (dropdown as HTMLElement & { value: string }).value;
    const signal = signals.find(({ name }) => name === chosen) ?? signals[0];
    if (signal) page.post({ type: 'signal', process, signal: signal.name });
  });
  return h('div', { class: 'signal' }, dropdown, send);
}

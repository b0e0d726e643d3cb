import type { ContentOf, Process, Signal } from '../../../src/ui/inspector/protocol';
import { h, setText } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import { DataTable } from '../lists/dataTable';
import type { Page, TabView } from '../page';
import type { Block } from '../parts/blocks';
import { copyButton } from '../parts/copyButton';
import { detailsBar } from '../parts/detailsBar';
import { longText } from '../parts/longText';
import { SearchField } from '../parts/searchField';

/** The container's processes as `docker top` lists them, and a form that sends a signal to the chosen one. */
export class ProcessesTab implements TabView<'processes'> {
  readonly element: HTMLElement;
  readonly #table: DataTable<Process>;
  readonly #search: SearchField;
  readonly #bar: ReturnType<typeof detailsBar>;
  readonly #count = h('span', { class: 'quiet', role: 'status' });
  #content: ContentOf<'processes'> | undefined;

  constructor(private readonly page: Page) {
    this.#bar = detailsBar(page.t('The chosen process'));
    this.#search = new SearchField(page, 'processes', { label: page.t('Filter'), onChange: () => this.#draw() });
    this.#table = new DataTable<Process>(page, {
      label: page.t('Processes'),
      sort: page.memory.tab('processes').sort,
      onSort: sort => page.memory.setTab('processes', { sort }),
      lead: columns => columns - 1,
      key: process => this.#keyOf(process),
      onActive: process => this.#showDetails(process),
    });
    const toolbar = h('div', { class: 'toolbar' }, this.#search.element, this.#count);
    this.element = h('div', {}, toolbar, this.#table.element, this.#bar.element);
  }

  update(content: ContentOf<'processes'>): void {
    this.#content = content;
    this.#draw();
  }

  shown(): void {
    this.#table.shown();
  }

  #draw(): void {
    if (!this.#content) return;
    const { columns, rows } = this.#content;
    const wanted = this.#search.text.toLowerCase();
    const fitting = rows.filter(({ cells }) => cells.some(cell => cell.toLowerCase().includes(wanted)));
    setText(this.#count, this.page.t('{0} of {1}', fitting.length, rows.length));
    this.#table.show(columns, fitting);
  }

  #keyOf({ process, cells }: Process): string | number {
    const pidColumn = this.#content?.columns.indexOf('PID') ?? -1;
    return cells[pidColumn] ?? process ?? cells.join('\n');
  }

  #showDetails(process: Process | undefined): void {
    this.#bar.show(...(process && this.#content ? detailsOf(this.page, process, this.#content) : []));
  }
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

/** Ids from an engine on another machine are those of that machine; a signal is sent from within the container. */
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

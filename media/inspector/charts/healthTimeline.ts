import type { HealthCheck } from '../../../src/ui/inspector/protocol';
import { h, icon, replaceChildren } from '../../shared/dom';
import type { Page } from '../page';
import { longText } from '../parts/longText';

/** The health checks of a container, the oldest first, and the output of the chosen one or the last one. */
export class HealthTimeline {
  readonly element: HTMLElement;
  readonly #bars: HTMLElement;
  readonly #detail = h('div', { class: 'check-detail' });
  #checks: readonly HealthCheck[] = [];
  /** The checks that are drawn, as JSON. */
  #drawn = '';

  constructor(private readonly page: Page) {
    const label = page.t('Health checks, the oldest first');
    this.#bars = h('div', { class: 'checks', role: 'group', 'aria-label': label });
    const heading = h('h2', {}, page.t('Health checks'));
    this.element = h('section', { class: 'section health' }, heading, this.#bars, this.#detail);
    this.element.hidden = true;
  }

  update(checks: readonly HealthCheck[]): void {
    const key = JSON.stringify(checks);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#checks = checks;
    this.element.hidden = checks.length === 0;
    this.#draw();
  }

  #draw(): void {
    const { check: chosen } = this.page.memory.tab('overview');
    const selected = this.#checks.find(({ start }) => start === chosen) ?? this.#checks.at(-1);
    const choose = (check: HealthCheck): void => this.#choose(check);
    replaceChildren(this.#bars, ...this.#checks.map(check => bar(this.page, check, check === selected, choose)));
    replaceChildren(this.#detail, ...(selected ? checkDetail(this.page, selected) : []));
  }

  #choose(check: HealthCheck): void {
    this.page.memory.setTab('overview', { check: check.start });
    this.#draw();
  }
}

function bar(page: Page, check: HealthCheck, selected: boolean, choose: (check: HealthCheck) => void): HTMLElement {
  const passed = check.exitCode === 0;
  const name = `${timeOf(check)}: ${resultOf(page, check)}`;
  const attributes = {
    type: 'button',
    class: `check ${passed ? 'good' : 'bad'}`,
    'aria-pressed': String(selected),
    'aria-label': name,
    title: name,
  };
  const element = h('button', attributes, icon(passed ? 'pass-filled' : 'error', passed ? 'good' : 'bad'));
  element.addEventListener('click', () => choose(check));
  return element;
}

function checkDetail(page: Page, check: HealthCheck): HTMLElement[] {
  const milliseconds = Math.max(0, Math.round(check.end - check.start)).toLocaleString();
  const line = [timeOf(check), resultOf(page, check), page.t('took {0} ms', milliseconds)].join(' · ');
  const output = check.output.trim();
  return [
    h('p', { class: 'quiet' }, line),
    output === ''
      ? h('p', { class: 'quiet' }, page.t('It printed nothing.'))
      : h('pre', { class: 'output' }, ...longText(page, output)),
  ];
}

function resultOf(page: Page, { exitCode }: HealthCheck): string {
  return exitCode === 0 ? page.t('passed') : page.t('failed with exit code {0}', exitCode);
}

function timeOf({ start }: HealthCheck): string {
  return new Date(start).toLocaleTimeString();
}

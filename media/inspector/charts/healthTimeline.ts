import type { HealthCheck } from '../../../src/ui/inspector/protocol';
import { h, icon, replaceChildren } from '../../shared/dom';
import { longText } from '../longText';
import type { Page } from '../page';

/** The checks of a container's health in the order of time, and the output of the chosen one, or of the last. */
export function healthTimeline(page: Page): { element: HTMLElement; update: (checks: readonly HealthCheck[]) => void } {
  const bars = h('div', { class: 'checks', role: 'group', 'aria-label': page.t('Health checks, the oldest first') });
  const detail = h('div', { class: 'check-detail' });
  const element = h('section', { class: 'section health' }, h('h2', {}, page.t('Health checks')), bars, detail);
  element.hidden = true;
  let checks: readonly HealthCheck[] = [];
  let drawn = '';

  const draw = (): void => {
    const { check: chosen } = page.memory.tab('overview');
    const selected = checks.find(({ start }) => start === chosen) ?? checks.at(-1);
    replaceChildren(bars, ...checks.map(check => bar(page, check, check === selected, choose)));
    replaceChildren(detail, ...(selected ? checkDetail(page, selected) : []));
  };
  const choose = (check: HealthCheck): void => {
    page.memory.setTab('overview', { check: check.start });
    draw();
  };
  return {
    element,
    update: next => {
      const key = JSON.stringify(next);
      if (key === drawn) return;
      drawn = key;
      checks = next;
      element.hidden = checks.length === 0;
      draw();
    },
  };
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

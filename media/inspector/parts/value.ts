import type { Value } from '../../../src/ui/inspector/protocol';
import { button, h, icon, replaceChildren } from '../../shared/dom';
import { visibleLine } from '../../shared/visible';
import type { Page } from '../page';
import { copyButton } from './copyButton';
import { longText } from './longText';

type Tone = NonNullable<Value['tone']>;

/** Each tone has its own shape: some people cannot tell colours apart. */
const toneIcons: Readonly<Record<Tone, string>> = {
  good: 'pass-filled',
  bad: 'error',
  warning: 'warning',
  quiet: 'circle-outline',
};

/** A value as it stands in a fact, a cell or the head. */
export function valueElement(page: Page, value: Value): HTMLElement {
  const { tone, link, secret, cut } = value;
  const held = secret ?? cut;
  if (held !== undefined) return heldValue(page, value, held);
  if (tone !== undefined) return badge(value.text, tone);
  if (link !== undefined) return linkElement(page, value, link);
  return h('span', { class: textClass(value) }, ...longText(page, value.text));
}

/** Whether the value is worth a copy button. */
export function isCopyable({ text, code, secret }: Value): boolean {
  return secret !== undefined || (code === true && text !== '');
}

export function copyValue(page: Page, value: Value, name: string): HTMLElement {
  const held = value.secret ?? value.cut;
  return copyButton(page, name, () =>
    held === undefined ? { type: 'copy', text: value.text } : { type: 'copySecret', secret: held },
  );
}

function badge(text: string, tone: Tone): HTMLElement {
  return h('span', { class: `badge ${tone}` }, icon(toneIcons[tone]), h('span', {}, visibleLine(text)));
}

function linkElement(page: Page, value: Value, link: number): HTMLElement {
  const options = { text: visibleLine(value.text), class: `link ${textClass(value)}` };
  return button(options, () => page.post({ type: 'open', link }));
}

function textClass({ code }: Value): string {
  return code === true ? 'text code' : 'text';
}

/** A value that the host has sent in part, with a button that shows and hides the whole. */
function heldValue(page: Page, value: Value, number: number): HTMLElement {
  const element = h('span', { class: textClass(value) });
  const draw = (): void => {
    const whole = page.held.open(number);
    const toggle = whole === undefined ? openButton(page, value, number) : closeButton(page, value, number);
    replaceChildren(element, ...(whole === undefined ? closed(page, value) : longText(page, whole)), toggle);
  };
  page.held.listen(number, element, draw);
  draw();
  return element;
}

function closed(page: Page, { text, link, secret, ...value }: Value): (Node | string)[] {
  if (secret !== undefined && text === '')
    return [h('span', { class: 'dots', 'aria-label': page.t('hidden'), role: 'img' }, '••••••••')];
  return link === undefined ? longText(page, text) : [linkElement(page, { ...value, text }, link)];
}

function openButton(page: Page, { secret }: Value, number: number): HTMLElement {
  const ask = (): void => page.held.ask(number);
  if (secret !== undefined) return button({ icon: 'eye', title: page.t('Show the Value') }, ask);
  return h('span', { class: 'after' }, button({ text: page.t('Show All'), class: 'link more' }, ask));
}

function closeButton(page: Page, { secret }: Value, number: number): HTMLElement {
  const close = (): void => page.held.close(number);
  if (secret !== undefined) return button({ icon: 'eye-closed', title: page.t('Hide the Value') }, close);
  return h('span', { class: 'after' }, button({ text: page.t('Show Less'), class: 'link more' }, close));
}

export type Attribute = string | number | boolean | undefined;
export type Child = Node | string | undefined;

/**
 * Makes an element. An attribute that is `true` has no value; `false` and undefined are left out. Strings become text,
 * never markup.
 */
export function h(
  tag: string,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: Child[]
): HTMLElement {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter(child => child !== undefined));
  return element;
}

/** The same for the elements of a drawing. */
export function svg(tag: string, attributes: Readonly<Record<string, Attribute>>, ...children: Child[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(element, attributes);
  element.append(...children.filter(child => child !== undefined));
  return element;
}

function setAttributes(element: Element, attributes: Readonly<Record<string, Attribute>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** Writes only a text that differs: a screen reader says whatever is written. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** One of VS Code's icons, hidden from screen readers. */
export function icon(name: string, tone = ''): HTMLElement {
  const known = /^[a-z0-9-]+$/.test(name) ? name : 'circle-outline';
  return h('i', { class: `codicon codicon-${known} ${tone}`.trim(), 'aria-hidden': 'true' });
}

/** A plain button with a text, or with an icon and a title, which is its name then. */
export function button(
  options: { text?: string; icon?: string; title?: string; class?: string },
  onClick: (event: MouseEvent) => void,
): HTMLElement {
  const named = options.text === undefined ? { 'aria-label': options.title } : {};
  const attributes = { type: 'button', class: options.class ?? 'icon-button', title: options.title, ...named };
  const children = [options.icon === undefined ? undefined : icon(options.icon), options.text];
  const element = h('button', attributes, ...children);
  element.addEventListener('click', onClick);
  return element;
}

/** Does what can wait until the page has loaded and been painted. */
export function afterPaint(work: () => void): void {
  const paint = (): void => void requestAnimationFrame(() => setTimeout(work));
  if (document.readyState === 'complete') paint();
  else addEventListener('load', paint, { once: true });
}

/** Replaces the children and keeps the focus in its place. */
export function replaceChildren(parent: Element, ...children: Child[]): void {
  keepingFocus(parent, () => {
    parent.replaceChildren(...children.filter(child => child !== undefined));
    return parent;
  });
}

/** Draws an element anew. If the focus was in the old one, it moves to the element in the same place of the new one. */
export function keepingFocus(old: Element, draw: () => Element): void {
  const place = focusable(old).findIndex(element => element === document.activeElement);
  const drawn = focusable(draw());
  if (place >= 0) drawn[Math.min(place, drawn.length - 1)]?.focus({ preventScroll: true });
}

function focusable(parent: Element): HTMLElement[] {
  return [...parent.querySelectorAll<HTMLElement>('button, [tabindex], vscode-button, vscode-text-field')];
}

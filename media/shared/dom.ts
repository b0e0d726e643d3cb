export type Attribute = string | number | boolean | undefined;
export type Child = Node | string | undefined;

/** An element; `true` is an attribute without value, `false` and undefined are left out. Strings become text, never markup. */
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

/** Writes only what differs: a screen reader says what is written, also the same again. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** One of the product's icons; it says nothing to a screen reader. */
export function icon(name: string, tone = ''): HTMLElement {
  const known = /^[a-z0-9-]+$/.test(name) ? name : 'circle-outline';
  return h('i', { class: `codicon codicon-${known} ${tone}`.trim(), 'aria-hidden': 'true' });
}

/** A plain button: an icon alone has a title, which is its name, or it has a text. */
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

/** Does what may wait until the page is loaded and what is on it was painted. */
export function afterPaint(work: () => void): void {
  const paint = (): void => void requestAnimationFrame(() => setTimeout(work));
  if (document.readyState === 'complete') paint();
  else addEventListener('load', paint, { once: true });
}

/** Replaces the children, and leaves the focus where it was. */
export function replaceChildren(parent: Element, ...children: Child[]): void {
  keepingFocus(parent, () => {
    parent.replaceChildren(...children.filter(child => child !== undefined));
    return parent;
  });
}

/** Draws an element anew; where the focus was within the old one, it is on the element of the same place in the new one. */
export function keepingFocus(old: Element, draw: () => Element): void {
  const place = focusable(old).findIndex(element => element === document.activeElement);
  const drawn = focusable(draw());
  if (place >= 0) drawn[Math.min(place, drawn.length - 1)]?.focus({ preventScroll: true });
}

function focusable(parent: Element): HTMLElement[] {
  return [...parent.querySelectorAll<HTMLElement>('button, [tabindex], vscode-button, vscode-text-field')];
}

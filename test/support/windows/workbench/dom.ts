/** What the drivers read of an element in the page; the browser's own types stay out of a project that runs in Node. */
export interface DomElement {
  readonly className: string;
  readonly textContent: string | null;
  readonly style: { readonly backgroundImage: string };
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

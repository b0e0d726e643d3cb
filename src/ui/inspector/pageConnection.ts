import { fittingDocument } from '../webview/documentData';
import type { HostMessage } from './protocol';

/** The way to a page. A page begins with what its document holds; nothing that it has already is sent when it has loaded. */
export class PageConnection {
  #document: readonly HostMessage[] = [];
  #isLoaded = false;
  /** While a loaded page is told what it lacks: the messages of its document, as JSON. */
  #held: ReadonlySet<string> | undefined;

  constructor(private readonly send: (message: HostMessage) => void) {}

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** What the page's document is to hold. */
  get document(): readonly HostMessage[] {
    return this.#document;
  }

  /** Too much for a document comes as messages. */
  fillDocument(messages: readonly HostMessage[]): void {
    this.#document = fittingDocument(messages);
  }

  /** The page has loaded, also when it has done so before. `tellAll` posts all that it is to know. */
  onLoad(tellAll: () => void): void {
    this.#isLoaded = true;
    this.#held = new Set(this.#document.map(message => JSON.stringify(message)));
    tellAll();
    this.#held = undefined;
  }

  /** The page has been unloaded. Its document would be old when the page is back. */
  onUnload(): void {
    this.#isLoaded = false;
    this.#document = [];
  }

  /** Messages to a page that has not loaded are dropped. */
  post(message: HostMessage): void {
    if (this.#isLoaded && !this.#held?.has(JSON.stringify(message))) this.send(message);
  }
}

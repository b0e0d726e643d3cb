import { fittingDocument } from '../webview/documentData';
import type { HostMessage } from './protocol';

/** Sends messages to a page. When the page loads it has those of its document, which are not sent again. */
export class PageConnection {
  #document: readonly HostMessage[] = [];
  #isLoaded = false;
  /** The messages of the document as JSON, while a page that has loaded gets the others. */
  #held: ReadonlySet<string> | undefined;

  constructor(private readonly send: (message: HostMessage) => void) {}

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** The messages to put into the page's document. */
  get document(): readonly HostMessage[] {
    return this.#document;
  }

  /** Messages that are too long for a document are sent when the page has loaded. */
  fillDocument(messages: readonly HostMessage[]): void {
    this.#document = fittingDocument(messages);
  }

  /** The page has loaded, for the first time or again. `tellAll` posts all that it must know. */
  onLoad(tellAll: () => void): void {
    this.#isLoaded = true;
    this.#held = new Set(this.#document.map(message => JSON.stringify(message)));
    tellAll();
    this.#held = undefined;
  }

  /** The page was unloaded. Its document would be out of date when the page is back. */
  onUnload(): void {
    this.#isLoaded = false;
    this.#document = [];
  }

  /** Drops messages to a page that has not loaded. */
  post(message: HostMessage): void {
    if (this.#isLoaded && !this.#held?.has(JSON.stringify(message))) this.send(message);
  }
}

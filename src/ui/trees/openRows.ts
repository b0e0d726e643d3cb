import type * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { Batcher } from '../../base/schedule';

/** VS Code asks for what is below an open row right after the row itself was drawn. */
const askedWithinMs = 2_000;

interface Options<N> {
  /** Names a row, the same whenever it is made anew. */
  keyOf(row: N): string;
  /** Whether a row is open until somebody closes it. */
  startsOpen?(row: N): boolean;
  onChange(row: N, open: boolean): void;
}

/**
 * Which rows of a view are open. VS Code says nothing when a person opens or closes a row just while all rows are drawn
 * anew. What it asks for tells then: each time that it draws an open row it asks for what is below, and of a closed row
 * it never asks. So a row that is asked about is open, and one that was drawn as open and is not asked about was
 * closed.
 */
export class OpenRows<N> implements Disposable {
  readonly #open = new Map<string, boolean>();
  readonly #unasked = new Map<string, { row: N; drawnAt: number }>();
  readonly #store = new DisposableStore();
  readonly #check = this.#store.add(new Batcher(askedWithinMs, () => this.#closeUnasked()));

  constructor(
    private readonly view: Pick<vscode.TreeView<N>, 'visible' | 'onDidExpandElement' | 'onDidCollapseElement'>,
    private readonly options: Options<N>,
  ) {
    this.#store.add(view.onDidExpandElement(({ element }) => this.#set(element, true)));
    this.#store.add(view.onDidCollapseElement(({ element }) => this.close(element)));
  }

  isOpen(row: N): boolean {
    return this.#open.get(this.options.keyOf(row)) ?? this.options.startsOpen?.(row) ?? false;
  }

  /** VS Code asks for a row. However often it does so, it asks soon for what is below. */
  onDraw(row: N): void {
    const key = this.options.keyOf(row);
    if (!this.isOpen(row) || this.#unasked.has(key)) return;
    this.#unasked.set(key, { row, drawnAt: Date.now() });
    this.#check.trigger();
  }

  /** VS Code asks for what is below a row. */
  onAsk(row: N): void {
    this.#unasked.delete(this.options.keyOf(row));
    if (!this.isOpen(row)) this.#set(row, true);
  }

  close(row: N): void {
    this.#unasked.delete(this.options.keyOf(row));
    this.#set(row, false);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #set(row: N, open: boolean): void {
    this.#open.set(this.options.keyOf(row), open);
    this.options.onChange(row, open);
  }

  /** A view that nobody sees asks for nothing. */
  #closeUnasked(): void {
    if (!this.view.visible) this.#unasked.clear();
    const latest = Date.now() - askedWithinMs;
    for (const { row, drawnAt } of [...this.#unasked.values()]) if (drawnAt <= latest) this.close(row);
    if (this.#unasked.size > 0) this.#check.trigger();
  }
}

import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';

/** What is quick shows nothing: a bar that only flashes tells nobody anything. */
const patienceMs = 500;

/** The bar that runs above views while what they show is on its way. */
export class PendingBar implements Disposable {
  #end: (() => void) | undefined;

  constructor(private readonly viewIds: readonly string[]) {}

  show(pending: boolean): void {
    if (!pending) this.dispose();
    else this.#end ??= this.#begin();
  }

  dispose(): void {
    this.#end?.();
    this.#end = undefined;
  }

  #begin(): () => void {
    let end = (): void => undefined;
    const over = new Promise<void>(resolve => (end = resolve));
    const timer = setTimeout(() => {
      for (const viewId of this.viewIds) void vscode.window.withProgress({ location: { viewId } }, () => over);
    }, patienceMs);
    return () => {
      clearTimeout(timer);
      end();
    };
  }
}

import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';

/** Short waits show nothing: a bar that only flashes tells nobody anything. */
const patienceMs = 500;

/** The progress bar above views while their rows are on the way. */
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

import type * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { Session } from './session';

export function watchWhileVisible({ connection }: Session, view: vscode.TreeView<unknown>): Disposable {
  let watch = view.visible ? connection.watch() : undefined;
  const subscription = view.onDidChangeVisibility(({ visible }) => {
    watch?.dispose();
    watch = visible ? connection.watch() : undefined;
  });
  return {
    dispose: () => {
      subscription.dispose();
      watch?.dispose();
    },
  };
}

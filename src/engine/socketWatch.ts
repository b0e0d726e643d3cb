import { existsSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Disposable, DisposableStore } from '../base/disposable';

/**
 * Tells when one of the socket files may have appeared. While a folder on the way to one is missing too, the nearest
 * folder that exists is watched, and the watch moves on as the way grows.
 */
export function watchForSockets(paths: readonly string[], onAppear: () => void): Disposable {
  const store = new DisposableStore();
  for (const path of paths) store.add(watchForSocket(path, onAppear));
  return store;
}

function watchForSocket(path: string, onAppear: () => void): Disposable {
  let current = new DisposableStore();
  let disposed = false;
  const follow = (moved: boolean): void => {
    current.dispose();
    current = new DisposableStore();
    if (disposed) return;
    const { folder, next } = nearestFolder(path);
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name !== next) return;
        if (folder === dirname(path)) {
          if (existsSync(path)) onAppear();
        } else follow(true);
      });
      watcher.on('error', () => follow(true));
      current.add({ dispose: () => watcher.close() });
    } catch {
      // The folder vanished or may not be watched: the back-off's own attempts remain.
    }
    if (moved && existsSync(path)) onAppear();
  };
  follow(false);
  return {
    dispose: () => {
      disposed = true;
      current.dispose();
    },
  };
}

/** The nearest folder above a path that exists, and the name in it that leads on to the path. */
function nearestFolder(path: string): { folder: string; next: string } {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? { folder, next: basename(path) } : nearestFolder(folder);
}

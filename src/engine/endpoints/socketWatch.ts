import { existsSync, readlinkSync, realpathSync, watch } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Disposable, DisposableStore } from '../../base/disposable';

/** How many links in a chain are followed. */
const mostLinks = 8;

/**
 * Tells when one of the socket files may have appeared. While a folder on the path is missing too, the nearest existing
 * folder above it is watched; the watch moves down as folders appear, and up as they go. Where the path contains a
 * link, the path that it leads to is watched as well.
 */
export function watchForSockets(paths: readonly string[], onAppear: () => void): Disposable {
  const store = new DisposableStore();
  for (const path of paths) store.add(watchForSocket(path, mostLinks, onAppear));
  return store;
}

function watchForSocket(path: string, links: number, onAppear: () => void): Disposable {
  let current = new DisposableStore();
  let disposed = false;
  const follow = (moved: boolean): void => {
    current.dispose();
    current = new DisposableStore();
    if (disposed) return;
    const { folder, next } = nearestFolder(path);
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // An event with the folder's own name says that the folder itself goes.
        if (name === next || name === basename(folder)) follow(true);
      });
      watcher.on('error', () => follow(true));
      current.add({ dispose: () => watcher.close() });
    } catch {
      // The folder may not be watched: the attempts of the back-off remain.
    }
    const target = links > 0 ? linkedFrom(join(folder, next)) : undefined;
    if (target !== undefined) current.add(watchForSocket(target, links - 1, () => follow(true)));
    if (nearestFolder(path).folder !== folder) follow(true);
    else if (moved && existsSync(path)) onAppear();
  };
  follow(false);
  return {
    dispose: () => {
      disposed = true;
      current.dispose();
    },
  };
}

/** The nearest existing folder above a path, and the name in it that continues the path. */
function nearestFolder(path: string): { folder: string; next: string } {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? { folder, next: basename(path) } : nearestFolder(folder);
}

/** Where a link leads, even if nothing is there; undefined for anything but a link. */
function linkedFrom(path: string): string | undefined {
  try {
    return resolve(realpathSync(dirname(path)), readlinkSync(path));
  } catch {
    return undefined;
  }
}

import { existsSync, readlinkSync, realpathSync, watch } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Disposable, DisposableStore } from '../../base/disposable';

/** Links to links beyond these are not followed. */
const mostLinks = 8;

/**
 * Tells when one of the socket files may have appeared. While a folder on the way to one is missing too, the nearest
 * folder that exists is watched, and the watch moves on as the way grows, and back as it goes. Where there is a link on the
 * way, the one to what it leads to is watched besides.
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
        if (name === next || name === basename(folder)) follow(true); // By its own name, the folder itself goes.
      });
      watcher.on('error', () => follow(true));
      current.add({ dispose: () => watcher.close() });
    } catch {
      // The folder may not be watched: the back-off's own attempts remain.
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

/** The nearest folder above a path that exists, and the name in it that leads on to the path. */
function nearestFolder(path: string): { folder: string; next: string } {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? { folder, next: basename(path) } : nearestFolder(folder);
}

/** Where a link leads, whether there is something or not; undefined for what is none. */
function linkedFrom(path: string): string | undefined {
  try {
    return resolve(realpathSync(dirname(path)), readlinkSync(path));
  } catch {
    return undefined;
  }
}

import { type FSWatcher, watch } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Disposable } from '../../base/disposable';
import { Batcher } from '../../base/schedule';
import { configFile, currentContext, dockerFolder, listContexts } from './contexts';
import type { Environment } from './environment';
import { watchForSockets } from './socketWatch';

/** One docker command replaces several files, and an editor may empty a file before it writes it. */
const settleMs = 100;
/** Nobody has more contexts than this. Further ones are read, but not watched. */
const maxFolders = 300;

/**
 * Tells when docker's contexts, their certificates or the choice of the current one change on disk. The docker command
 * replaces files by renaming others, so the folders are watched, and the watches are renewed after each change.
 */
export function watchContexts(environment: Environment, onChange: () => void): ContextWatching {
  const watch = new ContextWatch(environment, onChange);
  watch.begin();
  return watch;
}

export interface ContextWatching extends Disposable {
  /** Resolves once the present state has been read: every later change is told. */
  whenWatching(): Promise<void>;
}

class ContextWatch implements ContextWatching {
  #watchers: FSWatcher[] = [];
  #missing: Disposable | undefined;
  readonly #ended = new AbortController();
  #last: string | undefined;
  #running = Promise.resolve();
  readonly #events = new Batcher(settleMs, () => this.begin());

  constructor(
    private readonly environment: Environment,
    private readonly onChange: () => void,
  ) {}

  begin(): void {
    this.#running = this.#running.then(() => this.#look());
  }

  whenWatching(): Promise<void> {
    return this.#running;
  }

  dispose(): void {
    this.#ended.abort();
    this.#events.dispose();
    this.#end();
  }

  #isOver(): boolean {
    return this.#ended.signal.aborted;
  }

  /** Watches first and compares then, so that the watch sees what changes in between. */
  async #look(): Promise<void> {
    if (this.#isOver()) return;
    await this.#watchFolders();
    const state = await fingerprint(this.environment);
    if (this.#isOver()) return;
    if (this.#last !== undefined && this.#last !== state) this.onChange();
    this.#last = state;
  }

  async #watchFolders(): Promise<void> {
    const folders = await contextFolders(this.environment);
    if (this.#isOver()) return;
    this.#end();
    const changed = (): void => this.#events.trigger();
    for (const folder of folders) {
      try {
        const watcher = watch(folder, { persistent: false }, changed);
        watcher.on('error', changed);
        this.#watchers.push(watcher);
      } catch {
        // The folder is missing or may not be watched: the one above it is watched.
      }
    }
    const docker = dockerFolder(this.environment);
    if (this.#watchers.length === 0) this.#missing = watchForSockets([docker], changed);
  }

  #end(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
    this.#missing?.dispose();
    this.#missing = undefined;
  }
}

/** The folders to watch. Where docker's configuration is a link, also the folder that it leads to. */
async function contextFolders(environment: Environment): Promise<string[]> {
  const docker = dockerFolder(environment);
  const contexts = join(docker, 'contexts');
  const [meta, tls] = [join(contexts, 'meta'), join(contexts, 'tls')];
  const below = async (folder: string): Promise<string[]> =>
    (await names(folder)).slice(0, maxFolders).map(name => join(folder, name));
  const certificates = (await below(tls)).map(folder => join(folder, 'docker'));
  const linked = await realpath(configFile(environment)).then(
    file => [dirname(file)],
    (): string[] => [],
  );
  return [...new Set([docker, ...linked, contexts, meta, tls, ...(await below(meta)), ...certificates])];
}

/** A text that changes whenever an endpoint would. */
async function fingerprint(environment: Environment): Promise<string> {
  const name = await currentContext(environment).catch((error: unknown) => String(error));
  const { good, broken } = await listContexts(environment);
  const tls = good.flatMap(({ address }) => (address.kind === 'tcp' && address.tls ? [address.tls] : []));
  const files = tls.flatMap(({ ca, cert, key }) => [ca, cert, key]).filter(file => file !== undefined);
  const times = await Promise.all(files.map(changeTime));
  return JSON.stringify([name, good, broken.map(({ error }) => error.message), times]);
}

async function changeTime(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function names(folder: string): Promise<string[]> {
  return (await readdir(folder).catch((): string[] => [])).sort();
}

import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import { withoutSecrets } from '../base/secrets';
import { oneLine } from '../base/visible';
import type { RequestRecord } from '../engine/client/request';

/** A request, and the name of the engine that it went to. */
interface EngineRequestRecord extends RequestRecord {
  engine: string;
}

/** Where Quayside writes what it does. Credentials in addresses are taken out. */
export interface Log extends Record<Level, (text: string) => void>, Disposable {
  show(): void;
}

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** How many failed requests the diagnostics list. */
const mostKept = 20;

/**
 * The output channel “Quayside”, and a log of requests that writes into it (successes at level trace, as they are
 * many).
 */
export function createLog(): { log: Log; requests: RequestLog } {
  const channel = vscode.window.createOutputChannel('Quayside', { log: true });
  const write =
    (level: Level) =>
    (text: string): void =>
      channel[level](withoutSecrets(text));
  const log: Log = {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
  return { log, requests: new RequestLog(log) };
}

/** Writes each request's method, path, status and time, never its query or body, and keeps the last failed ones. */
export class RequestLog {
  readonly #failed: string[] = [];
  #count = 0;

  constructor(private readonly log: Pick<Log, 'trace' | 'debug'>) {}

  /** How many requests were made since the activation. */
  get count(): number {
    return this.#count;
  }

  /** The last requests that failed, the newest last, with the time of each. */
  get failed(): readonly string[] {
    return this.#failed;
  }

  add({ engine, method, path, status, ms }: EngineRequestRecord): void {
    this.#count++;
    const answer = status === 0 ? 'no answer' : status;
    const line = oneLine(`[${engine}] ${method} ${path} ${answer} ${ms.toFixed(0)} ms`, 400);
    if (status >= 100 && status < 400) {
      this.log.trace(line);
      return;
    }
    this.log.debug(line);
    this.#failed.push(`${new Date().toISOString()} ${method} ${pathPattern(path)} ${answer} ${ms.toFixed(0)} ms`);
    if (this.#failed.length > mostKept) this.#failed.shift();
  }
}

const verbs = [
  ...['json', 'create', 'prune', 'load', 'get', 'search', 'df', 'top', 'logs', 'changes', 'export', 'stats', 'resize'],
  ...['start', 'stop', 'restart', 'kill', 'update', 'rename', 'pause', 'unpause', 'attach', 'wait', 'archive', 'exec'],
  ...['history', 'push', 'tag', 'connect', 'disconnect'],
];

/** A path without the names of objects: a report for others must not name a container. */
export function pathPattern(path: string): string {
  const [, kind = '', , verb = ''] = new RegExp(`^(/\\w+)(/.*?)??(/(?:${verbs.join('|')}))?$`, 's').exec(path) ?? [];
  const rest = path.slice(kind.length, path.length - verb.length);
  return `${kind}${rest === '' ? '' : '/…'}${verb}`;
}

import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, format, parse } from 'node:path';

// Takes the place of `@vscode/spdlog`, with which VS Code's server and its extension hosts write their logs: that is a
// native module, and a compiler would have to build it. The built file is copied into the server, so it needs nothing else
// of this project. The names are the native module's, and only what VS Code calls is there.

/** As VS Code counts levels here: a message is written when its own is not below the logger's. */
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'] as const;

/** How much is gathered before it is written: nothing, each message is written at once. */
export function setFlushOn(): void {
  return;
}

/** A log file of at most so many bytes; when it is full it takes the name of the only older one, and begins anew. */
export function createAsyncRotatingLogger(_name: string, path: string, size: number): Promise<Logger> {
  mkdirSync(dirname(path), { recursive: true });
  return Promise.resolve(new Logger(path, size));
}

class Logger {
  #level = levels.indexOf('info');
  #pattern: string | undefined = '[%Y-%m-%d %H:%M:%S.%e] [%l] %v';
  #written: number;

  constructor(
    private readonly path: string,
    private readonly size: number,
  ) {
    this.#written = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  trace = (message: string): void => this.#write(0, message);
  debug = (message: string): void => this.#write(1, message);
  info = (message: string): void => this.#write(2, message);
  warn = (message: string): void => this.#write(3, message);
  error = (message: string): void => this.#write(4, message);
  critical = (message: string): void => this.#write(5, message);

  getLevel(): number {
    return this.#level;
  }

  setLevel(level: number): void {
    this.#level = level;
  }

  setPattern(pattern: string): void {
    this.#pattern = pattern;
  }

  /** From now on messages are written as they are, without a line end. */
  clearFormatters(): void {
    this.#pattern = undefined;
  }

  flush(): void {
    return;
  }

  drop(): void {
    return;
  }

  #write(level: number, message: string): void {
    if (level < this.#level) return;
    const text = this.#pattern === undefined ? message : `${formatted(this.#pattern, level, message)}\n`;
    const length = Buffer.byteLength(text);
    if (this.#written > 0 && this.#written + length > this.size) this.#rotate();
    appendFileSync(this.path, text);
    this.#written += length;
  }

  #rotate(): void {
    const { dir, name, ext } = parse(this.path);
    renameSync(this.path, format({ dir, name: `${name}.1`, ext }));
    this.#written = 0;
  }
}

/** A line in spdlog's own notation. */
function formatted(pattern: string, level: number, message: string): string {
  const now = new Date();
  const padded = (value: number, digits = 2): string => `${value}`.padStart(digits, '0');
  const parts: Record<string, string> = {
    '%Y': padded(now.getFullYear(), 4),
    '%m': padded(now.getMonth() + 1),
    '%d': padded(now.getDate()),
    '%H': padded(now.getHours()),
    '%M': padded(now.getMinutes()),
    '%S': padded(now.getSeconds()),
    '%e': padded(now.getMilliseconds(), 3),
    '%l': levels[level] ?? '',
    '%v': message,
  };
  return pattern.replace(/%\w/g, part => parts[part] ?? part);
}

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { Reason } from '../../errorCodes';
import { EngineError } from '../../errors';

/** A connection over a process's input and output. It fails with what the process wrote to stderr. */
export class StdioSocket extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;
  #stderr = '';

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    super({ allowHalfOpen: true });
    const child = spawn(program, args, { env, stdio: 'pipe', windowsHide: true });
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stdout.on('end', () => this.push(null));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-16_384);
    });
    // How the process ended tells more than a broken pipe.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined);
    child.on('error', error => this.destroy(error));
    child.on('close', code => this.#ended(code));
  }

  /** What the process has written to stderr so far. */
  get stderr(): string {
    return this.#stderr;
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#child.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.stdin.destroy();
    this.#child.kill();
    done(error);
  }

  /** Node's HTTP client calls these on every socket. A process has none of them. */
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    this.#child.ref();
    return this;
  }
  unref(): this {
    this.#child.unref();
    return this;
  }

  #reason(): Reason {
    const said = this.#stderr.trim().slice(-300);
    return said ? { said } : { code: 'sshEnded' };
  }

  #ended(code: number | null): void {
    if (code === 0 || this.destroyed) this.destroy();
    else this.destroy(new EngineError('unreachable', this.#reason()));
  }
}

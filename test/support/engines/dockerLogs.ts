import { createHash, type Hash } from 'node:crypto';
import { launch, systemEnvironment } from '../processes';
import type { TestEngine } from './engine';

/** What the command `docker logs` printed, stream by stream. */
export interface PrintedLog {
  stdout: { sha: string; bytes: number };
  stderr: { sha: string; bytes: number };
}

/** Bytes counted and hashed as they come. */
export class Fingerprint {
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  add(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  get value(): { sha: string; bytes: number } {
    return { sha: this.#hash.copy().digest('hex'), bytes: this.#bytes };
  }
}

/** Runs `docker logs` with the real client: the reference of what a container has printed. */
export async function dockerLogs(engine: TestEngine, id: string): Promise<PrintedLog> {
  const child = launch(engine.client, ['--host', engine.host, 'logs', id], {
    env: { ...systemEnvironment(), HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const streams = { stdout: new Fingerprint(), stderr: new Fingerprint() };
  child.stdout?.on('data', (chunk: Buffer) => streams.stdout.add(chunk));
  child.stderr?.on('data', (chunk: Buffer) => streams.stderr.add(chunk));
  await new Promise(resolve => child.once('close', resolve));
  return { stdout: streams.stdout.value, stderr: streams.stderr.value };
}

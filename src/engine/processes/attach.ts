import type { Duplex } from 'node:stream';
import { record } from '../../base/read';
import { type Piece, readPieces } from '../client/frames';
import type { CallOptions, Engine } from '../connection/engine';
import { inspect } from '../objects/containers/operations';
import { containerPath } from '../objects/containers/path';
import { rareDetachKeys, type TerminalSize } from './exec';

/** A container's own console. */
export interface ContainerConsole {
  readonly tty: boolean;
  /** Whether the container's main process reads what is written to the stream. */
  readonly stdin: boolean;
  /**
   * Whether leaving the console ends the container's input. Docker does so if the container was made for one input,
   * Podman always.
   */
  readonly endsInput: boolean;
  /** Destroying it leaves the container running, unless the container ends with its input. */
  readonly stream: Duplex;
  /** What the main process prints from now on. Ends with the container. */
  readonly output: AsyncGenerator<Piece[]>;
}

/** `POST /containers/{id}/attach`. If the container does not run, it waits for its start. */
export async function attach(engine: Engine, id: string, options: CallOptions = {}): Promise<ContainerConsole> {
  const { signal } = options;
  const config = record((await inspect(engine, id, { signal }))['Config']);
  const tty = config['Tty'] === true;
  const stdin = config['OpenStdin'] === true;
  const once = engine.identity.flavour === 'podman' || config['StdinOnce'] === true;
  const query = { stream: true, stdin, stdout: true, stderr: true, detachKeys: rareDetachKeys };
  const path = containerPath(id, 'attach');
  const stream = await engine.client.upgrade({ method: 'POST', path, query, signal });
  return { tty, stdin, endsInput: stdin && !tty && once, stream, output: readPieces(stream, tty) };
}

/** `POST /containers/{id}/resize`, for a running container with a terminal. */
export async function resizeConsole(
  engine: Engine,
  id: string,
  { rows, columns }: TerminalSize,
  options: CallOptions = {},
): Promise<void> {
  const query = { h: rows, w: columns };
  const path = containerPath(id, 'resize');
  await engine.client.call({ method: 'POST', path, query, signal: options.signal });
}

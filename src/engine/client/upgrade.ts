import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { onAbort } from '../../base/abort';

/**
 * A two-way connection where the engine, or a proxy before it, answered with 200 rather than 101. The plain bytes come as
 * the body of the answer, and go over its socket.
 */
export function twoWay(answer: IncomingMessage): Duplex {
  const { socket } = answer;
  const both = new Duplex({
    read: () => {
      answer.resume();
    },
    write: (chunk: Buffer, _encoding, done) => {
      socket.write(chunk, error => done(error));
    },
    final: done => {
      socket.end(() => done());
    },
    destroy: (error, done) => {
      answer.destroy();
      socket.destroy();
      done(error);
    },
  });
  answer.on('data', (chunk: Buffer) => {
    if (!both.push(chunk)) answer.pause();
  });
  answer.on('end', () => both.push(null));
  answer.on('error', error => both.destroy(error));
  answer.on('close', () => {
    if (!answer.complete) both.destroy();
  });
  return both.on('error', () => undefined);
}

/** Destroys an upgraded socket on abort: the request itself does not do that. */
export function endOnAbort(socket: Duplex, signal: AbortSignal, toError: (reason: unknown) => Error): void {
  const ending = onAbort(signal, () => void socket.destroy(toError(signal.reason)));
  socket.once('close', () => ending.dispose());
}

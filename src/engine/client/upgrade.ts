import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { onAbort } from '../../base/abort';

/**
 * The two ways of a connection on which the engine, or a proxy before it, answered 200 rather than 101. It goes on with
 * plain bytes just the same: they come as the answer's body, and go over its socket.
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

/** An aborted request keeps its hands off a socket that was upgraded. */
export function endOnAbort(socket: Duplex, signal: AbortSignal, toError: (reason: unknown) => Error): void {
  const ending = onAbort(signal, () => void socket.destroy(toError(signal.reason)));
  socket.once('close', () => ending.dispose());
}

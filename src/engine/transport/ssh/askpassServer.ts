import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import type { Disposable } from '../../../base/disposable';
import { number, record, text } from '../../../base/read';
import { shellWord } from '../../../base/shell';

/** What an ssh asks. */
export interface Asked {
  prompt: string;
  /** What ssh says of the kind of its question. */
  hint: string;
  /** The process that asks: a login through a jump host has one of its own for each host. */
  asker: number;
}

/** Gives an answer, or undefined. The signal is aborted when nobody waits for it any more. */
export type Answer = (asked: Asked, signal: AbortSignal) => Promise<string | undefined>;

/** Questions are a few lines; whatever is longer is cut off. */
const maxQuestionLength = 64 * 1024;

/**
 * Listens in a private folder for the questions of ssh that runs with `env`. The program that asks is a script in that
 * folder, since an extension's own files may not be executable; it becomes the program, whose parent is ssh then.
 */
export async function serveAskpass(
  folder: string,
  answer: Answer,
): Promise<Disposable & { env: Record<string, string> }> {
  const path = join(folder, 'a');
  const sockets = new Set<net.Socket>();
  const server = net.createServer(socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void serve(socket, answer);
  });
  server.listen(path);
  await once(server, 'listening');
  const script = join(folder, 'ask');
  const words = [process.execPath, join(__dirname, 'askpass.js')].map(shellWord).join(' ');
  await writeFile(script, `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${words} "$1"\n`, { mode: 0o700 });
  return {
    env: { SSH_ASKPASS: script, SSH_ASKPASS_REQUIRE: 'force', QUAYSIDE_ASKPASS: path },
    dispose: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function serve(socket: net.Socket, answer: Answer): Promise<void> {
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  socket.on('error', () => undefined);
  const question = await readLine(socket);
  if (question === undefined) return;
  const { prompt, hint, asker } = record(question);
  const asked = { prompt: text(prompt), hint: text(hint), asker: number(asker) ?? 0 };
  const given = await answer(asked, gone.signal).catch(() => undefined);
  if (!socket.destroyed) socket.end(JSON.stringify(given === undefined ? {} : { answer: given }));
}

function readLine(socket: net.Socket): Promise<unknown> {
  return new Promise(resolve => {
    let received = '';
    socket.setEncoding('utf8');
    socket.on('close', () => resolve(undefined));
    socket.on('data', (chunk: string) => {
      received += chunk;
      const end = received.indexOf('\n');
      if (end >= 0) resolve(parsed(received.slice(0, end)));
      else if (received.length > maxQuestionLength) socket.destroy();
    });
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

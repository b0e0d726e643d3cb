import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import type { Disposable } from '../../../base/disposable';
import { number, record, text } from '../../../base/read';
import { shellWord } from '../../../base/shell';

/** A question of ssh. */
export interface Asked {
  prompt: string;
  /** What kind of question it is, in ssh's words. */
  hint: string;
  /** The process that asks. A login through jump hosts has one for each host. */
  asker: number;
}

/** Gives an answer, or undefined. The signal is aborted when ssh no longer waits for it. */
export type Answer = (asked: Asked, signal: AbortSignal) => Promise<string | undefined>;

/** A question is a few lines. Longer ones are not read. */
const maxQuestionLength = 64 * 1024;

/**
 * Listens in a private folder for the questions of an ssh that runs with `env`. ssh runs a script in that folder, as
 * the extension's own files may not be executable. The script execs the asking program, so that ssh is its parent.
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

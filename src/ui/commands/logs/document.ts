import { humanSize } from '../../../base/format';
import type { Engine } from '../../../engine/connection/engine';
import { type PrintedLines, printedLog } from '../../../engine/logs/printed';
import { forTarget } from '../../actions/forEach';
import { targetOf } from '../../actions/targets';
import { containers } from '../../objects/containers';
import type { Handler } from '../../run';
import { logFailure } from '../../terminals/logs/logFailures';
import { plainText } from '../../terminals/logs/logLine';
import { Sanitiser } from '../../terminals/sanitise';
import * as phrases from './phrases';

/**
 * A document has at most this many last lines, and at most this many bytes of them: VS Code shows no document of 50 MB.
 */
const maxLines = 10_000;
const maxBytes = 10_000_000;

/** Shows the last lines of a log as a read-only document. */
export const openLogs: Handler = async context => {
  const { id, name } = await targetOf(context, { kind: containers, phrases: phrases.open });
  const { endpoint } = context.session.current.engine;
  const document = await forTarget(phrases.open, name, signal =>
    context.documents.show({ kind: 'log', id, engine: endpoint }, { name, extension: 'log' }, signal),
  );
  return document.uri.toString();
};

/** The end of a log as a document: only text, without colours. If lines are left out, the first line says so. */
export async function logText(engine: Engine, id: string, { signal }: { signal: AbortSignal }): Promise<string> {
  const end = new LogEnd();
  try {
    for await (const lines of printedLog(engine, id, { signal, tail: maxLines + 1 })) {
      for (const printed of lines) end.add(printed);
    }
  } catch (error) {
    throw logFailure(error);
  }
  return end.text();
}

/** Keeps the last lines of a log. */
class LogEnd {
  readonly #sanitisers = { stdout: new Sanitiser('lines'), stderr: new Sanitiser('lines') };
  readonly #kept: { text: string; bytes: number }[] = [];
  #bytes = 0;
  #lines = 0;
  #isTooLarge = false;

  add({ stream, bytes }: PrintedLines): void {
    const lines = this.#sanitisers[stream].write(bytes.toString('utf8')).replace(/\r+\n/g, '\n');
    const text = lines.split('\r').map(plainText).join('\n');
    this.#kept.push({ text, bytes: bytes.length });
    this.#lines += lineFeedsIn(bytes);
    this.#bytes += bytes.length;
    this.#dropFirst();
  }

  text(): string {
    const text = this.#kept.map(kept => kept.text).join('');
    if (this.#isTooLarge) return withHead(humanSize(maxBytes), text);
    // One line more than is shown was read, to know whether there are more.
    return this.#lines > maxLines ? withHead(phrases.lines(maxLines), text.slice(text.indexOf('\n') + 1)) : text;
  }

  #dropFirst(): void {
    for (let first = this.#kept[0]; first && this.#bytes > maxBytes; first = this.#kept[0]) {
      this.#bytes -= first.bytes;
      this.#isTooLarge = true;
      this.#kept.shift();
    }
  }
}

function withHead(size: string, text: string): string {
  return `${phrases.cutDocument(size)}\n${text}`;
}

function lineFeedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) count++;
  return count;
}

import type http from 'node:http';
import { DeadlineError } from '../../base/abort';
import { EngineError } from '../errors';

/** In characters. */
const maxAnswerLength = 256 * 1024 * 1024;

/** What an answer is to: a request, and how long the answer may pause between two pieces, in milliseconds. */
interface Reading {
  path: string;
  longestPause?: number | undefined;
}

/** The value of an answer in JSON; undefined for an empty answer. */
export async function readJson(response: http.IncomingMessage, reading: Reading): Promise<unknown> {
  const text = await readText(response, reading);
  if (!text.trim()) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EngineError('failed', { code: 'answerNotJson', path: reading.path }, { cause: error });
  }
}

/** A whole answer as text. */
export async function readText(response: http.IncomingMessage, { path, longestPause }: Reading): Promise<string> {
  let text = '';
  const giveUp = (): void => void response.destroy(new DeadlineError(longestPause ?? 0));
  const timer = longestPause === undefined ? undefined : setTimeout(giveUp, longestPause);
  try {
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
      timer?.refresh();
      text += chunk;
      if (text.length > maxAnswerLength) throw new EngineError('failed', { code: 'answerTooLarge', path });
    }
  } finally {
    clearTimeout(timer);
  }
  return text;
}

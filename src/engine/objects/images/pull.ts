import type { IncomingMessage } from 'node:http';
import { type Json, number, record, text } from '../../../base/read';
import { readJsonLines } from '../../client/lines';
import type { CallOptions, Engine } from '../../connection/engine';
import { EngineError, ofWrite, toEngineError } from '../../errors';
import { splitReference } from './reference';

/** One line of a pull: the state of a layer, or of the whole image. */
export interface PullProgress {
  /** The layer's short id; empty for lines about the whole image. */
  layer: string;
  status: string;
  /** Bytes done so far and in total, where the engine counts them. */
  current: number | undefined;
  total: number | undefined;
}

export interface PullOptions extends CallOptions {
  /** E.g. `linux/arm64`; the engine's own platform when not given. */
  platform?: string | undefined;
}

/**
 * `POST /images/create`: pulls one image and yields its progress. Leaving the loop or aborting cancels the pull. Throws
 * an EngineError, also for a failure that the engine reports inside the stream. If its `answerLost` is set, the image may
 * have been pulled nevertheless.
 */
export async function* pull(
  engine: Engine,
  reference: string,
  options: PullOptions = {},
): AsyncGenerator<PullProgress> {
  const query = { ...pullTarget(reference), platform: options.platform };
  const request = { method: 'POST', path: '/images/create', query, signal: options.signal } as const;
  let response: IncomingMessage | undefined;
  try {
    response = await engine.client.stream(request);
    for await (const value of readJsonLines(response)) {
      const line = record(value);
      const failure = text(record(line['errorDetail'])['message']) || text(line['error']);
      if (failure) throw new EngineError('failed', { said: failure });
      yield pullProgress(line);
    }
  } catch (error) {
    const failure = toEngineError(error, options.signal);
    throw failure.kind === 'unreachable' ? ofWrite(failure, !engine.client.closed) : failure;
  } finally {
    response?.destroy();
  }
}

/** Without a tag the engine would pull every tag of the repository. */
export function pullTarget(reference: string): { fromImage: string; tag?: string } {
  if (reference.includes('@')) return { fromImage: reference };
  const { repository, tag } = splitReference(reference);
  return { fromImage: repository, tag: tag || 'latest' };
}

export function pullProgress(line: Json): PullProgress {
  const detail = record(line['progressDetail']);
  const id = text(line['id']);
  return {
    layer: /^[0-9a-f]{12}$/.test(id) ? id : '',
    status: text(line['status']),
    current: number(detail['current']),
    total: number(detail['total']),
  };
}

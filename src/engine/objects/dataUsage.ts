import { delay } from '../../base/abort';
import { type Json, record } from '../../base/read';
import { atLeast } from '../connection/apiVersion';
import type { CallOptions, Engine } from '../connection/engine';
import { isEngineError, toEngineError } from '../errors';

export type DataKind = 'container' | 'image' | 'volume' | 'build-cache';

/** How long another's question is waited for, and how often it is asked whether that is over, in milliseconds. */
const patience = 60_000;
const pause = 500;

/**
 * `GET /system/df` of some kinds of objects, of all before API 1.42. Slow on engines that hold much; such old ones answer
 * one at a time and refuse the next, whoever asks: their answer is waited for.
 */
export async function dataUsage(
  engine: Engine,
  kinds: readonly DataKind[],
  { signal }: CallOptions = {},
): Promise<Json> {
  const query = { type: atLeast(engine.identity.apiVersion, '1.42') ? kinds : undefined };
  const end = Date.now() + patience;
  for (;;) {
    try {
      return record(await engine.client.read({ path: '/system/df', query, signal }));
    } catch (error) {
      if (!isBusy(error) || Date.now() > end) throw error;
      await delay(pause, signal).catch((reason: unknown) => {
        throw toEngineError(reason, signal);
      });
    }
  }
}

function isBusy(error: unknown): boolean {
  return isEngineError(error) && error.message.includes('disk usage operation is already running');
}

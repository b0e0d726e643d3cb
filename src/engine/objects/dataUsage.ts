import { delay } from '../../base/abort';
import { type Json, record } from '../../base/read';
import { atLeast } from '../connection/apiVersion';
import type { CallOptions, Engine } from '../connection/engine';
import { isEngineError, toEngineError } from '../errors';

export type DataKind = 'container' | 'image' | 'volume' | 'build-cache';

/** How long to wait for another client's request to end, and how often to try, in milliseconds. */
const patience = 60_000;
const pause = 500;

/**
 * `GET /system/df` of some kinds of objects, before API 1.42 of all kinds. Slow on engines that hold much. Old engines
 * answer one such request at a time and refuse others, from any client: this waits until they answer.
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

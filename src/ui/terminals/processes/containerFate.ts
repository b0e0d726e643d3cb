import { delay } from '../../../base/abort';
import { record } from '../../../base/read';
import type { Engine } from '../../../engine/connection/engine';
import { isEngineError } from '../../../engine/errors';
import { inspect } from '../../../engine/objects/containers/operations';

/** When to look at a container that may have stopped, each in milliseconds after the last look. */
const lookPauses = [0, 100, 300, 600];

/**
 * What happened to a container whose process was killed or whose console was closed. Looks several times, as the end of
 * the container may show a little later.
 */
export async function fateOf(engine: Engine, id: string): Promise<'running' | 'stopped' | 'gone'> {
  for (const pause of lookPauses) {
    await delay(pause);
    try {
      const state = record((await inspect(engine, id))['State']);
      if (state['Status'] === 'removing') return 'gone';
      if (state['Running'] !== true || state['Restarting'] === true) return 'stopped';
    } catch (error) {
      if (isEngineError(error, 'notFound')) return 'gone';
      throw error;
    }
  }
  return 'running';
}

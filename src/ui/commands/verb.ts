import type { Engine } from '../../engine/connection/engine';
import type { ManyAction } from '../actions/action';
import { forEachTarget } from '../actions/forEach';
import { targetsOf } from '../actions/targets';
import type { Target } from '../objects/object';
import type { Handler } from '../run';

/** A command that does one thing to each object, and asks only for the objects. */
export function verb<T extends Target>(
  action: ManyAction<T>,
  act: (engine: Engine, target: T, options: { signal: AbortSignal }) => Promise<unknown>,
): Handler {
  return async context => {
    const targets = await targetsOf(context, action);
    const { engine } = context.session.current;
    await forEachTarget(context, action, targets, (target, signal) => act(engine, target, { signal }));
  };
}

import type { WatchedEngine } from '../mirror/containerWatch';
import type { Container } from '../objects/containers/row';
import { type FollowerOptions, LogFollower } from './logFollower';
import type { LogItem } from './notices';
import { successor } from './successor';

export interface FollowOptions extends FollowerOptions {
  /** Whether to go on with the container that takes the place of a removed one. */
  successors: boolean;
}

/**
 * Follows the log of a container through stops, starts and restarts of itself, restarts of the engine and lost
 * connections: no line is lost or repeated, and notices between the lines tell what happened. Waits for the engine's
 * events rather than ask again and again. Ends when the container is gone for good, or never. Fails with an EngineError
 * if the log cannot be read at all; aborting the signal ends it with `canceled`.
 */
export async function* followLog(followed: WatchedEngine, id: string, options: FollowOptions): AsyncGenerator<LogItem> {
  let current: string | undefined = id;
  let part: Pick<FollowOptions, 'since' | 'tail'> = options;
  while (current !== undefined) {
    const follower: LogFollower = new LogFollower(followed, current, { ...options, ...part });
    try {
      yield* follower.items();
    } finally {
      follower.dispose();
    }
    const before: Container | undefined = follower.row;
    yield { notice: { what: 'removed', time: Date.now() } };
    const next: Container | undefined =
      options.successors && before ? await successor(followed, before, options.signal) : undefined;
    if (next) yield { notice: { what: 'replaced', time: Date.now(), id: current, by: next } };
    current = next?.id;
    part = { since: undefined, tail: undefined };
  }
}

import { type Disposable, DisposableStore } from '../../../base/disposable';
import type { CurrentSession, Session } from '../../session/session';
import type { RunningProcesses } from './runningProcesses';

/** Whenever an engine is connected, or a container goes on that was paused, ends there what terminals have left running. */
export function endLeftProcesses(current: CurrentSession, processes: Pick<RunningProcesses, 'endLeft'>): Disposable {
  let followed = new DisposableStore();
  const follow = ({ connection, mirror }: Session): void => {
    followed.dispose();
    followed = new DisposableStore();
    const look = (): void => {
      if (connection.state.kind === 'connected') void processes.endLeft(connection.state.engine);
    };
    followed.add(connection.onDidChangeState(look));
    followed.add(
      mirror.onDidChangeRows('container')(({ changed }) => {
        if (changed.some(({ before, after }) => before.state === 'paused' && after.state === 'running')) look();
      }),
    );
    look();
  };
  const subscription = current.onDidChange(follow);
  follow(current.current);
  return {
    dispose: () => {
      subscription.dispose();
      followed.dispose();
    },
  };
}

import type { Disposable } from '../../../base/disposable';
import { followSession } from '../../session/followSession';
import type { CurrentSession } from '../../session/session';
import type { RunningProcesses } from './runningProcesses';

/** Ends processes that terminals left running, whenever an engine is connected or a paused container runs again. */
export function endLeftProcesses(
  sessions: Pick<CurrentSession, 'current' | 'onDidChange'>,
  processes: Pick<RunningProcesses, 'endLeft'>,
): Disposable {
  return followSession(sessions, ({ connection, mirror }, store) => {
    const endLeft = (): void => {
      if (connection.state.kind === 'connected') void processes.endLeft(connection.state.engine);
    };
    store.add(connection.onDidChangeState(endLeft));
    store.add(
      mirror.onDidChangeRows('container')(({ changed }) => {
        if (changed.some(({ before, after }) => before.state === 'paused' && after.state === 'running')) endLeft();
      }),
    );
    endLeft();
  });
}

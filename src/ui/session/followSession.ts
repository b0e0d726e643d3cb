import { type Disposable, DisposableStore } from '../../base/disposable';
import type { CurrentSession, Session } from './session';

/**
 * Calls `follow` for the current session and for each one that replaces it. What goes into the store ends with the
 * session.
 */
export function followSession(
  sessions: Pick<CurrentSession, 'current' | 'onDidChange'>,
  follow: (session: Session, store: DisposableStore) => void,
): Disposable {
  let following = new DisposableStore();
  const begin = (session: Session): void => {
    following.dispose();
    following = new DisposableStore();
    follow(session, following);
  };
  begin(sessions.current);
  const subscription = sessions.onDidChange(begin);
  return {
    dispose: () => {
      subscription.dispose();
      following.dispose();
    },
  };
}

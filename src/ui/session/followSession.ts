import { type Disposable, DisposableStore } from '../../base/disposable';
import type { CurrentSession, Session } from './session';

/** Does something for the current session, and anew for each that takes its place; what is put into the store ends with it. */
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

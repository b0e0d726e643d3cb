import * as vscode from 'vscode';
import type { Engine } from '../../engine/connection/engine';
import type { Session } from '../session/session';
import { ofAnotherEngine, quoted } from '../text';
import type { Inspected } from './protocol';
import type { InspectedRow } from './tabs/tab';

/** Where the inspected object is, as far as the session knows. */
export type Presence =
  | { kind: 'here'; engine: Engine; row: InspectedRow | undefined }
  | { kind: 'gone' | 'away' | 'connecting' | 'otherEngine' };

/**
 * @param known whether it had a row before: then it is gone if it has none now and its kind may be listed
 * @param missing whether the engine has said that it holds no such object
 */
export function presenceOf(
  session: Session,
  inspected: Inspected,
  { known, missing }: { known: boolean; missing: boolean },
): Presence {
  const { connection, mirror } = session;
  const endpoint = connection.engine?.endpoint ?? session.endpoint;
  if (endpoint && endpoint.id !== inspected.engine.id) return { kind: 'otherEngine' };
  if (connection.state.kind === 'unreachable') return { kind: 'away' };
  if (connection.state.kind === 'connecting') return { kind: mirror.state === 'stale' ? 'away' : 'connecting' };
  const row = rowOf(session, inspected);
  const isGone = missing || (known && !mirror.isForbidden(inspected.kind));
  if (!row && mirror.state === 'ready' && isGone) return { kind: 'gone' };
  return { kind: 'here', engine: connection.state.engine, row };
}

function rowOf(
  { mirror }: Pick<Session, 'mirror'>,
  { kind, id }: Pick<Inspected, 'kind' | 'id'>,
): InspectedRow | undefined {
  const row = mirror.get(kind, id);
  return row && ({ kind, row } as InspectedRow);
}

/**
 * Says why what is shown is not what the engine has now; undefined if it is.
 * @param read when what is shown was read, in milliseconds since the epoch; undefined when nothing is shown
 */
export function noticeOf({ kind }: Presence, { name, engine }: Inspected, read?: number): string | undefined {
  const time = read === undefined ? '' : new Date(read).toLocaleTimeString();
  switch (kind) {
    case 'here':
      return undefined;
    case 'connecting':
      return vscode.l10n.t('Connecting to the engine');
    case 'gone':
      return time
        ? vscode.l10n.t('{0} was removed. This is what it was at {1}.', quoted(name), time)
        : vscode.l10n.t('{0} is not there any more.', quoted(name));
    case 'away':
      return time
        ? vscode.l10n.t('The engine does not answer. This is what it told at {0}.', time)
        : vscode.l10n.t('The engine does not answer.');
    case 'otherEngine':
      return `${ofAnotherEngine(engine.name)}.`;
  }
}

import * as vscode from 'vscode';
import type { Engine } from '../../engine/connection/engine';
import type { ManyAction } from '../actions/action';
import { confirm, mayAsk } from '../actions/confirm';
import { forEachTarget, removalQuestion } from '../actions/forEach';
import { targetsOf } from '../actions/targets';
import type { Target } from '../objects/object';
import type { Handler } from '../run';
import type { Session } from '../session/session';

/** Removing objects of a kind, one by one. */
interface Removal<T extends Target> {
  readonly action: (session: Session) => ManyAction<T>;
  /** What goes with them, below the question. */
  readonly detail: (targets: readonly T[], session: Session) => string;
  readonly remove: (engine: Engine, id: string, options: { signal: AbortSignal }) => Promise<unknown>;
}

/** A command that asks, then removes. Option: `ask: false`. */
export function removalOf<T extends Target>({ action, detail, remove }: Removal<T>): Handler {
  return async context => {
    const session = context.session.current;
    const removing = action(session);
    const targets = await targetsOf(context, removing);
    if (mayAsk(context.call)) {
      await confirm({
        message: removalQuestion(removing.kind, targets),
        detail: detail(targets, session),
        actions: { remove: vscode.l10n.t('Remove') },
      });
    }
    const { engine } = session;
    await forEachTarget(context, removing, targets, ({ id }, signal) => remove(engine, id, { signal }));
  };
}

import * as vscode from 'vscode';
import type { ActionContext } from './actions/action';
import { readCall } from './actions/call';
import { logged, tellFailure } from './actions/tell';
import type { Documents } from './documents';
import { Failure, isCanceled } from './failure';
import { hasSubject } from './objects/subject';
import type { Services } from './services';
import type { Session } from './session/session';

/** What a command's handler gets. */
export interface CommandContext extends Omit<Services, 'session'>, ActionContext {
  readonly documents: Documents;
}

/** What commands are run with. */
export interface RunParts extends Services {
  readonly documents: Documents;
}

export type Handler = (context: CommandContext) => Promise<unknown>;

/**
 * Runs a command with whatever it was called with. This is the one place where a failure becomes what its reader gets.
 * A person's call never rejects, and its failure is shown here: VS Code would show a rejection itself (“Command …
 * resulted in an error”), without a way to the log, and cancels too. A program's call rejects with the same sentence,
 * and nothing is shown. A cancel is silent for a person; for a program it is a rejection with VS Code's
 * CancellationError, since the work was not done.
 */
export async function run(
  { session: sessions, ...context }: RunParts,
  id: string,
  handler: Handler,
  args: readonly unknown[],
): Promise<unknown> {
  const call = readCall(args, context.selection);
  const { current } = sessions;
  try {
    if (isOfAnother(args, current, context)) throw new Failure(leftBehind());
    return await handler({ ...context, call, session: { current } });
  } catch (error) {
    if (isCanceled(error)) {
      if (call.fromProgram) throw new vscode.CancellationError();
      return undefined;
    }
    if (call.fromProgram) throw logged(error, id, context.log);
    tellFailure(error, id, context.log);
    return undefined;
  }
}

/** Whether an argument is a row of an engine that is no longer in use, e.g. when a menu stayed open meanwhile. */
function isOfAnother(args: readonly unknown[], current: Session, { sessionOf }: Pick<Services, 'sessionOf'>): boolean {
  const sessions = args.flat().map(arg => (hasSubject(arg) ? sessionOf(arg) : undefined));
  return sessions.some(session => session !== undefined && session !== current);
}

function leftBehind(): string {
  return vscode.l10n.t('This row is of an engine that is not in use any more; another engine was chosen meanwhile');
}

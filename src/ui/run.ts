import * as vscode from 'vscode';
import { readCall, type Call } from './actions/call';
import { Failure, isCanceled } from './failure';
import type { Documents } from './documents';
import type { Log } from './log';
import type { Services } from './services';
import type { Session } from './session/session';
import { hasSubject } from './objects/subject';
import { causeOf } from './text';

/** What a command's handler gets. */
export interface CommandContext extends Omit<Services, 'session'> {
  readonly call: Call;
  /** The session that was the current one when the command began: it must not go on with another engine's objects. */
  readonly session: { readonly current: Session };
  readonly documents: Documents;
}

export type Handler = (context: CommandContext) => Promise<unknown>;

/**
 * Runs a command for whatever it was called with. The one place where a failure turns into what its reader gets: VS Code
 * shows a rejection of its own accord when a menu, the palette or a key called (“Command … resulted in an error”, without
 * a way to the log, and cancels too), so a person's call never rejects and its failure is shown here, once. A program's
 * call rejects with the same sentence, and nothing is shown. A cancel is silent for a person, and for a program a
 * rejection with VS Code's own CancellationError, since the work was not done.
 */
export async function run(
  context: Omit<CommandContext, 'call' | 'session'> & Pick<Services, 'session'>,
  id: string,
  handler: Handler,
  args: readonly unknown[],
): Promise<unknown> {
  const call = readCall(args, context.selection);
  const { current } = context.session;
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

/** Whether a row among the arguments is one of an engine that was left meanwhile, e.g. below a menu that stayed open. */
function isOfAnother(args: readonly unknown[], current: Session, { sessionOf }: Pick<Services, 'sessionOf'>): boolean {
  const sessions = args.flat().map(arg => (hasSubject(arg) ? sessionOf(arg) : undefined));
  return sessions.some(session => session !== undefined && session !== current);
}

function leftBehind(): string {
  return vscode.l10n.t('This row is of an engine that is not in use any more; another engine was chosen meanwhile');
}

/** Tells a person why something failed that was asked for, and logs it under a name. A cancel is silent. */
export function tellFailure(error: unknown, id: string, log: Log): void {
  if (!isCanceled(error)) void showFailure(logged(error, id, log), log);
}

function logged(error: unknown, id: string, log: Log): Failure {
  const failure = error instanceof Failure ? error : new Failure(causeOf(error), { cause: error });
  log.error(`${id}: ${failure.message}`);
  return failure;
}

async function showFailure(failure: Failure, log: Pick<Log, 'show'>): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(failure.message, showLog)) === showLog) log.show();
}

/** Tells a result without waiting for it to be read. */
export function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}

import * as vscode from 'vscode';
import { settleAll } from '../../base/settleAll';
import { Canceled, Failure, isCanceled } from '../failure';
import type { ObjectKind, Target } from '../objects/object';
import { type Report, withProgress } from '../progress';
import { causeOf, quoted } from '../text';
import type { ActionContext, ManyAction, ManyPhrases, Phrases } from './action';
import { type LookUp, lostButDone, targetLookUps, unlessLost } from './lostAnswer';
import { tell } from './tell';

/** What forEachTarget needs to know of an action. */
interface Acting<T extends Target> extends Pick<ManyAction<T>, 'isDone' | 'patience'> {
  kind: Pick<ObjectKind<T>, 'count'> & Partial<Pick<ObjectKind<T>, 'fetch' | 'state'>>;
  phrases: ManyPhrases;
}

/** How many objects are worked on at once. A stop only waits, usually ten seconds at most. */
const atOnce = 50;
/** How many causes, and names for each, a message lists; the log has them all. */
const mostTold = 3;

/**
 * Works on all targets side by side, with progress and cancel. Rejects with one Failure for all targets that failed,
 * and with Canceled when the work was cancelled before it was done.
 */
export async function forEachTarget<T extends Target>(
  { log, call, session }: ActionContext,
  action: Acting<NoInfer<T>>,
  targets: readonly T[],
  act: (target: T, signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const { connection } = session.current;
  const doneUnheard: { target: T; state: string }[] = [];
  const outcomes = await withProgress(action.phrases.doing(named(action, targets)), (signal, report) => {
    let done = 0;
    const lookUpOf = targetLookUps(connection, action, signal);
    return settleAll(targets, atOnce, async target => {
      signal.throwIfAborted();
      const { lost } = await unlessLost(lookUpOf(target), signal, () => act(target, signal));
      if (lost !== undefined) doneUnheard.push({ target, state: lost });
      done++;
      if (targets.length > 1)
        report({ message: `${done} / ${targets.length}`, percent: (done / targets.length) * 100 });
    });
  });
  if (doneUnheard.length > 0 && !call.fromProgram) {
    const what = named(
      action,
      doneUnheard.map(({ target }) => target),
    );
    tell(
      lostButDone(
        what,
        doneUnheard.map(({ state }) => state),
      ),
    );
  }
  throwFailures(log, action, targets, outcomes);
}

/**
 * Works on one object with progress and cancel, and returns the result. A failure names the object. `lookUp` finds out
 * what became of the work when the engine's answer is lost.
 */
export async function forTarget<R>(
  phrases: Pick<Phrases, 'doing' | 'failed'>,
  name: string,
  work: (signal: AbortSignal, report: Report) => Promise<R>,
  lookUp?: LookUp<R>,
): Promise<R> {
  try {
    return await withProgress(phrases.doing(quoted(name)), async (signal, report) => {
      return (await unlessLost(lookUp, signal, () => work(signal, report))).result;
    });
  } catch (error) {
    if (isCanceled(error) || error instanceof Failure) throw error;
    throw new Failure(phrases.failed(quoted(name), causeOf(error)), { cause: error });
  }
}

/** Asks whether to remove the targets: by name, or by number when there are several. */
export function removalQuestion<T extends Target>(kind: ObjectKind<T>, targets: readonly T[]): string {
  const [first] = targets;
  const what = targets.length === 1 && first ? kind.one(quoted(first.name)) : kind.count(targets.length);
  return vscode.l10n.t('Remove {0}?', what);
}

/** The targets in a sentence: a name, or how many. */
function named({ kind }: { kind: { count(count: number): string } }, targets: readonly Target[]): string {
  const [first] = targets;
  return targets.length === 1 && first ? quoted(first.name) : kind.count(targets.length);
}

interface Told {
  name: string;
  cause: string;
  reason: unknown;
}

function throwFailures(
  log: ActionContext['log'],
  { kind, phrases }: Pick<Acting<Target>, 'kind' | 'phrases'>,
  targets: readonly Target[],
  outcomes: readonly PromiseSettledResult<void>[],
): void {
  const failures = targets.flatMap((target, index) => failureOf(target, outcomes[index]));
  const told = failures.filter(({ reason }) => !isCanceled(reason));
  const [first] = told;
  if (!first) {
    if (failures.length > 0) throw new Canceled();
    return;
  }
  if (targets.length === 1) throw new Failure(phrases.failed(first.name, first.cause), { cause: first.reason });
  for (const { name, cause } of told) log.error(phrases.failed(name, cause));
  throw new Failure(phrases.failedSome(told.length, kind.count(targets.length), listed(told)));
}

function failureOf(target: Target, outcome: PromiseSettledResult<void> | undefined): Told[] {
  if (outcome?.status !== 'rejected') return [];
  const reason: unknown = outcome.reason;
  return [{ name: quoted(target.name), cause: causeOf(reason), reason }];
}

/** Each cause with the names of those that failed for it. */
function listed(told: readonly Told[]): string {
  const byCause = new Map<string, string[]>();
  for (const { name, cause } of told) byCause.set(cause, [...(byCause.get(cause) ?? []), name]);
  const lines = [...byCause].map(([cause, names]) => `${shortList(names)}: ${cause}`);
  return lines.length > mostTold ? `${lines.slice(0, mostTold).join('; ')}; …` : lines.join('; ');
}

function shortList(names: readonly string[]): string {
  return names.length > mostTold ? `${names.slice(0, mostTold).join(', ')}, …` : names.join(', ');
}

import * as vscode from 'vscode';
import { humanSize } from '../../base/format';
import type { Engine } from '../../engine/connection/engine';
import type { PruneReport } from '../../engine/objects/prune';
import { confirm, mayAsk } from '../actions/confirm';
import { type Found, lookUpAmong, lostButDone, unlessLost } from '../actions/lostAnswer';
import { nothingOf } from '../actions/targets';
import { tell } from '../actions/tell';
import { Failure, isCanceled } from '../failure';
import type { ObjectKind, Target } from '../objects/object';
import { withProgress } from '../progress';
import type { Handler } from '../run';
import { connected } from '../session/connected';
import type { Session } from '../session/session';
import { causeOf, nameLines } from '../text';
import type { PrunePhrases } from './phrases';

/** How long the engine may go on after its answer was lost: an image of many layers takes a while. */
const patienceMs = 10_000;

/** Removes all objects of a kind that nothing needs, in one request. */
interface Pruning<T extends Target> {
  kind: ObjectKind<T>;
  phrases: PrunePhrases;
  /** What would go, as far as the mirror tells. */
  candidates(session: Session): readonly T[];
  /** What else a person should know before. */
  warning?(session: Session): string | undefined;
  prune(engine: Engine, options: { signal: AbortSignal }): Promise<PruneReport>;
  /** How many objects were removed, where the report also lists parts of objects. */
  countRemoved?(report: PruneReport, candidates: readonly T[]): number;
}

/** A command that asks, naming what would go, then prunes, and shows and returns the report. Option: `ask: false`. */
export function pruneOf<T extends Target>(pruning: Pruning<T>): Handler {
  return async ({ call, session: sessions }) => {
    const session = sessions.current;
    await connected(session);
    const candidates = pruning.candidates(session);
    if (mayAsk(call)) await ask(pruning, session, candidates);
    const { result: report, lost } = await work(pruning, session, candidates);
    const count = pruning.kind.count(pruning.countRemoved?.(report, candidates) ?? report.removed.length);
    if (!call.fromProgram) tell(lost === undefined ? reportText(count, report) : lostButDone(count, [lost]));
    return report;
  };
}

async function ask<T extends Target>(
  { kind, phrases, ...pruning }: Pruning<T>,
  session: Session,
  candidates: readonly T[],
): Promise<void> {
  if (candidates.length === 0) throw nothingOf(session, kind, phrases);
  await confirm({
    message: phrases.question(kind.count(candidates.length)),
    detail: [pruning.warning?.(session), nameLines(candidates.map(({ name }) => name))].filter(Boolean).join('\n\n'),
    actions: { remove: vscode.l10n.t('Remove') },
  });
}

async function work<T extends Target>(
  { kind, phrases, ...pruning }: Pruning<T>,
  session: Session,
  candidates: readonly T[],
): Promise<{ result: PruneReport; lost?: string }> {
  const { engine } = session;
  const lookUp = { ...lookUpAmong(session, kind, all => goneOf(kind, candidates, all)), patience: patienceMs };
  try {
    return await withProgress(phrases.doing(), signal =>
      unlessLost(lookUp, signal, () => pruning.prune(engine, { signal })),
    );
  } catch (error) {
    if (isCanceled(error)) throw error;
    throw new Failure(phrases.failed(causeOf(error)), { cause: error });
  }
}

/** The candidates that are gone. Nobody can tell any more how much room they took. */
function goneOf<T extends Target>(
  kind: ObjectKind<T>,
  candidates: readonly T[],
  all: readonly T[],
): Found<PruneReport> {
  const there = new Set(all.map(({ id }) => id));
  const gone = candidates.filter(({ id }) => !there.has(id));
  if (gone.length < candidates.length) {
    const state = vscode.l10n.t('{0} of {1} are gone', gone.length, kind.count(candidates.length));
    return { done: false, state };
  }
  const result = { removed: gone.map(({ id }) => id), reclaimed: 0 };
  return { done: true, result, state: vscode.l10n.t('what was to go is gone') };
}

function reportText(what: string, { reclaimed }: PruneReport): string {
  if (reclaimed === 0) return vscode.l10n.t('Removed {0}', what);
  return vscode.l10n.t('Removed {0}, which freed {1}', what, humanSize(reclaimed));
}

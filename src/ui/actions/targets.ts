import * as vscode from 'vscode';
import { shortId } from '../../base/format';
import type { Kind } from '../../engine/mirror/kinds';
import { Failure } from '../failure';
import { findNamed } from '../objects/findNamed';
import type { Target } from '../objects/object';
import type { Subject } from '../objects/subject';
import { withProgress } from '../progress';
import { connected } from '../session/connected';
import type { Session } from '../session/session';
import { forbiddenText, quoted } from '../text';
import type { Action, ActionContext } from './action';
import type { Call } from './call';
import { pickMany, pickOne } from './pick';

/** The objects for a command to work on, at least one: those that the call names, or those that a person picks. */
export function targetsOf<T extends Target>(context: ActionContext, action: Action<T>): Promise<readonly T[]> {
  const { kind } = action;
  return find(context, action, (subject, all) => kind.of(subject, all) ?? kind.members?.(subject, all), pickMany);
}

/** Like {@link targetsOf}, for commands that work on one object: of several rows, the clicked one. */
export async function targetOf<T extends Target>(context: ActionContext, action: Action<T>): Promise<T> {
  const [first, second] = await find(context, action, (subject, all) => action.kind.of(subject, all), pickOne);
  if (!first || (second && context.call.fromProgram)) {
    throw new Failure(vscode.l10n.t('This works on one object at a time; several were given'));
  }
  return first;
}

type Resolve<T> = (subject: Subject, all: readonly T[]) => readonly T[] | undefined;
type Pick = <T extends Target>(action: Action<T>, fitting: readonly T[]) => Promise<readonly T[]>;

async function find<T extends Target>(
  context: ActionContext,
  action: Action<T>,
  resolve: Resolve<T>,
  pick: Pick,
): Promise<readonly T[]> {
  const { call } = context;
  const session = context.session.current;
  await connected(session);
  if (call.names.length > 0) return settled(session, action, all => named(call, action, all));
  if (call.subjects.length > 0) return settled(session, action, all => clicked(call, action, resolve, all));
  const fitting = action.kind.list(session).filter(target => action.unfit?.(target, call) === undefined);
  const offered = fitting.filter(target => action.kind.offered?.(target) ?? true);
  if (offered.length === 0) throw nothingOf(session, action.kind, action.phrases);
  return pick(action, offered);
}

/** The failure that there is no object of a kind, or that they may not be listed. */
export function nothingOf({ mirror }: Session, { rows }: { rows: Kind }, phrases: { nothing(): string }): Failure {
  return new Failure(mirror.isForbidden(rows) ? forbiddenText() : phrases.nothing());
}

/** Chooses among the mirror's rows. When that fails, it asks the engine: the mirror lags some milliseconds behind. */
async function settled<T extends Target>(
  session: Session,
  { kind }: Action<T>,
  choose: (all: readonly T[]) => readonly T[],
): Promise<readonly T[]> {
  const { engine } = session;
  try {
    return choose(kind.list(session));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return choose(await withProgress(vscode.l10n.t('Asking the engine'), signal => kind.fetch(engine, signal)));
  }
}

/** An object for each name, or a failure: a program never gets only a part of what it asked for. */
function named<T extends Target>(call: Call, action: Action<T>, all: readonly T[]): T[] {
  return call.names.map(name => {
    const [target, other] = findNamed(all, name);
    if (!target) throw new Failure(action.kind.missing(quoted(name)));
    if (other) throw new Failure(vscode.l10n.t('{0} is the beginning of several ids; give more of it', quoted(name)));
    const cause = action.unfit?.(target, call);
    if (cause !== undefined) throw new Failure(action.phrases.failed(quoted(target.name), cause));
    return target;
  });
}

/** Those of the clicked objects that the action fits; a failure only when it fits none. */
function clicked<T extends Target>(call: Call, action: Action<T>, resolve: Resolve<T>, all: readonly T[]): T[] {
  const about = call.subjects.filter(subject => resolve(subject, all) !== undefined);
  const targets = [...new Set(about.flatMap(subject => resolve(subject, all) ?? []))];
  const [subject] = about;
  if (!subject) throw new Failure(vscode.l10n.t('This command does not fit the selected row'));
  const [first] = targets;
  if (!first) throw new Failure(action.kind.missing(quoted(subjectName(subject))));
  const fitting = targets.filter(target => action.unfit?.(target, call) === undefined);
  if (fitting.length === 0) {
    throw new Failure(action.phrases.failed(quoted(first.name), action.unfit?.(first, call) ?? ''));
  }
  return fitting;
}

/** What to call a row whose object is gone. */
function subjectName(subject: Subject): string {
  if ('name' in subject) return subject.name;
  if (subject.kind === 'port') return shortId(subject.containerId);
  return subject.kind === 'image' && subject.reference !== undefined ? subject.reference : shortIfHex(subject.id);
}

/** An id as people write it. A volume's id is its name, which a person may have given. */
function shortIfHex(id: string): string {
  return /^(\w+:)?[0-9a-f]{64}$/.test(id) ? shortId(id) : id;
}

import * as vscode from 'vscode';
import { humanSize } from '../../../base/format';
import { type Container, isAlive } from '../../../engine/objects/containers/row';
import * as operations from '../../../engine/objects/images/operations';
import type { ManyAction } from '../../actions/action';
import { confirm, mayAsk } from '../../actions/confirm';
import { forEachTarget, removalQuestion } from '../../actions/forEach';
import { isGone } from '../../actions/lostAnswer';
import { targetsOf } from '../../actions/targets';
import { Failure } from '../../failure';
import { usedBy } from '../../objects/containers';
import { images, type ImageTarget, referenceOf } from '../../objects/images';
import type { CommandContext, Handler } from '../../run';
import type { Session } from '../../session/session';
import { nameLines, quoted, quotedList } from '../../text';
import * as phrases from './phrases';

/** What removing a target means, and what prevents it. */
interface Plan {
  target: ImageTarget;
  /** Only this tag goes: the image has others. */
  untags: boolean;
  /** Containers that use the image: while one runs it cannot be removed, while all are stopped only by force. */
  users: readonly Container[];
  needsForce: boolean;
  /** Whether an untagged image that it was made from goes with it. */
  takesParent: boolean;
}

type Choices = Required<Pick<operations.RemoveImageOptions, 'force' | 'noprune'>>;

/**
 * Asks, then removes. Options: `ask: false`, `force` (also what stopped containers use), `noprune` (untagged parents
 * stay).
 */
export const remove: Handler = async context => {
  const session = context.session.current;
  const removing = action(session);
  const targets = await targetsOf(context, removing);
  const choices = await agreed(
    context,
    targets.map(target => planOf(target, targets, session)),
  );
  const { engine } = session;
  await forEachTarget(context, removing, targets, async (target, signal) => {
    await operations.remove(engine, referenceOf(target), { ...choices, signal });
  });
};

function action(session: Session): ManyAction<ImageTarget> {
  return {
    kind: images,
    phrases: phrases.remove,
    isDone: isGone,
    /** The engine never removes an image that a running container uses. */
    unfit: target => {
      const running = usersOf(target, session).filter(isAlive);
      return isOneOfSeveral(target) || running.length === 0 ? undefined : usedBy(running);
    },
  };
}

/** `all` are removed together, so a tag also counts as the last one when the others go as well. */
function planOf(target: ImageTarget, all: readonly ImageTarget[], session: Session): Plan {
  const going = new Set(all.map(({ reference }) => reference));
  const untags = target.reference !== undefined && target.row.tags.some(tag => !going.has(tag));
  const users = untags ? [] : usersOf(target, session);
  const severalTags = target.reference === undefined && target.row.tags.length > 1;
  const takesParent = !untags && target.row.parent !== '' && !session.mirror.get('image', target.row.parent);
  return { target, untags, users, needsForce: users.length > 0 || severalTags, takesParent };
}

function isOneOfSeveral({ reference, row }: ImageTarget): boolean {
  return reference !== undefined && row.tags.length > 1;
}

function usersOf({ row }: ImageTarget, { usage }: Session): Container[] {
  return usage.of('image', row.id);
}

/** What the caller wants. Rejects when force is needed and the caller neither gives it nor may be asked. */
async function agreed({ call }: CommandContext, plans: readonly Plan[]): Promise<Choices> {
  const force = call.options['force'] === true;
  const noprune = call.options['noprune'] === true;
  const held = plans.find(({ users }) => users.some(isAlive));
  if (held) throw new Failure(phrases.remove.failed(quoted(held.target.name), usedBy(held.users.filter(isAlive))));
  const inNeed = plans.find(({ needsForce }) => needsForce);
  if (mayAsk(call)) {
    const answer = await ask(plans, inNeed !== undefined);
    return { force: force || inNeed !== undefined, noprune: noprune || answer === 'keepParents' };
  }
  if (inNeed && !force) throw new Failure(phrases.remove.failed(quoted(inNeed.target.name), obstacle(inNeed)));
  return { force, noprune };
}

function obstacle({ users }: Plan): string {
  return users.length > 0
    ? vscode.l10n.t('{0}; give force to remove it all the same', usedBy(users))
    : vscode.l10n.t('it has several tags; give one of them, or force to remove all');
}

function ask(plans: readonly Plan[], needsForce: boolean): Promise<'remove' | 'keepParents'> {
  const targets = plans.map(({ target }) => target);
  const keepParents = needsForce ? vscode.l10n.t('Remove Anyway, Keep Parents') : vscode.l10n.t('Remove, Keep Parents');
  return confirm({
    message: removalQuestion(images, targets),
    detail: plans.length === 1 ? plans.flatMap(planLines).join('\n') : detailOfMany(plans),
    actions: {
      remove: needsForce ? vscode.l10n.t('Remove Anyway') : vscode.l10n.t('Remove'),
      ...(takeParents(plans) && { keepParents }),
    },
  });
}

function takeParents(plans: readonly Plan[]): boolean {
  return plans.some(({ takesParent }) => takesParent);
}

function parentsLine(plans: readonly Plan[]): string[] {
  return takeParents(plans)
    ? [vscode.l10n.t('Parent images without a tag go too, where nothing else needs them.')]
    : [];
}

function planLines(plan: Plan): string[] {
  const { untags, users } = plan;
  const { row, reference } = plan.target;
  const others = row.tags.filter(tag => tag !== reference);
  if (untags) return [vscode.l10n.t('Only this tag goes. The image stays as {0}.', quotedList(others))];
  const tags =
    others.length > 0 && reference === undefined
      ? [vscode.l10n.t('Its tags go with it: {0}.', quotedList(others))]
      : [];
  const freed = vscode.l10n.t(
    'The image goes, with its layers that no other image has ({0} in all).',
    humanSize(row.size),
  );
  return [freed, ...tags, ...parentsLine([plan]), ...usersLine(users)];
}

function usersLine(users: readonly Container[]): string[] {
  if (users.length === 0) return [];
  const names = quotedList(users.map(({ name }) => name));
  return [vscode.l10n.t('Stopped containers use it, and stay without it: {0}.', names)];
}

function detailOfMany(plans: readonly Plan[]): string {
  const names = nameLines(plans.map(({ target }) => target.name));
  const lines = [...parentsLine(plans), ...usersLine(plans.flatMap(({ users }) => users))].join('\n');
  return [names, lines].filter(Boolean).join('\n\n');
}

import * as vscode from 'vscode';
import { compareNames } from '../../../base/format';
import { text, textMap } from '../../../base/read';
import * as operations from '../../../engine/objects/volumes';
import type { ManyAction } from '../../actions/action';
import { confirm, mayAsk } from '../../actions/confirm';
import { forEachTarget, forTarget, removalQuestion } from '../../actions/forEach';
import { isGone, lookUpAmong, made } from '../../actions/outcome';
import { askText, choose } from '../../actions/pick';
import { targetsOf } from '../../actions/targets';
import { Failure } from '../../failure';
import { usedBy } from '../../objects/containers';
import { volumes, type VolumeTarget } from '../../objects/volumes';
import type { Handler } from '../../run';
import { connected } from '../../session/connected';
import type { Session } from '../../session/session';
import { nameLines, quoted } from '../../text';
import { copyOf } from '../copying';
import { driversOf } from '../drivers';
import { inspectionOf, inspectorOf } from '../inspecting';
import { pruneOf } from '../pruning';
import * as phrases from './phrases';

/**
 * Creates a volume and returns its name. A program gives the name, and `driver` and `labels` (an object) as options; a
 * person is asked for the name, and for the driver where there is a choice.
 */
const create: Handler = async ({ call, session: sessions }) => {
  const session = sessions.current;
  await connected(session);
  const [given] = call.names;
  const name = given ?? (await askName(session));
  const driver = given === undefined ? await askDriver(session, name) : text(call.options['driver']) || undefined;
  const cause = unusable(name, session);
  if (cause !== undefined) throw new Failure(phrases.create.failed(quoted(name), cause));
  return forTarget(
    phrases.create,
    name,
    signal => operations.create(session.engine, { name, driver, labels: textMap(call.options['labels']), signal }),
    lookUpAmong(session, volumes, all => made(all, name)),
  );
};

function askName(session: Session): Promise<string> {
  const invalid = (name: string): string | undefined => unusable(name, session);
  return askText({ title: vscode.l10n.t('Name of the new volume'), invalid });
}

/** Asks only where the engine has more drivers than its own. */
async function askDriver({ engine: on }: Session, name: string): Promise<string | undefined> {
  const drivers = await driversOf(on, 'Volume', { name, creation: phrases.create });
  if (drivers.length < 2) return undefined;
  return choose(
    vscode.l10n.t('Driver of the volume'),
    drivers.map(value => ({ label: value, value })),
  );
}

/** The pattern is the engine's for its own driver. It takes a name that exists for the volume that has it. */
function unusable(name: string, { mirror }: Session): string | undefined {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    return vscode.l10n.t('a name has two characters at least, letters and digits, and from the second on also _ . -');
  }
  return mirror.get('volume', name) ? vscode.l10n.t('a volume named {0} exists', quoted(name)) : undefined;
}

/** Asks, then removes. Option: `ask: false`. */
const remove: Handler = async context => {
  const session = context.session.current;
  const removing = action(session);
  const targets = await targetsOf(context, removing);
  if (mayAsk(context.call)) {
    await confirm({
      message: removalQuestion(volumes, targets),
      detail: detail(targets),
      actions: { remove: vscode.l10n.t('Remove') },
    });
  }
  const on = session.engine;
  await forEachTarget(context, removing, targets, ({ id }, signal) => operations.remove(on, id, { signal }));
};

function detail(targets: readonly VolumeTarget[]): string {
  if (targets.length === 1) return vscode.l10n.t('All files in it are lost. No container uses it.');
  const lost = vscode.l10n.t('All files in them are lost. No container uses them.');
  return [nameLines(targets.map(({ name }) => name)), lost].join('\n\n');
}

function action({ usage }: Session): ManyAction<VolumeTarget> {
  return {
    kind: volumes,
    phrases: phrases.remove,
    isDone: isGone,
    unfit: ({ row }) => {
      const users = usage.of('volume', row.name);
      return users.length > 0 ? vscode.l10n.t('{0}; remove it first', usedBy(users)) : undefined;
    },
  };
}

/** What a prune would take: volumes of the engine's own driver that no container has. Names that people gave come first. */
function unused(session: Session): VolumeTarget[] {
  return volumes
    .list(session)
    .filter(({ row }) => row.driver === 'local' && !session.usage.isUsed('volume', row.name))
    .sort((a, b) => Number(a.row.anonymous) - Number(b.row.anonymous) || compareNames(a.name, b.name));
}

/** Engines that tell anonymous volumes apart do so by the label that they gave them. */
function prunable(session: Session): VolumeTarget[] {
  if (operations.prunesNamedVolumes(session.engine)) return unused(session);
  return unused(session).filter(({ row }) => 'com.docker.volume.anonymous' in row.labels);
}

function namedToo(session: Session): string | undefined {
  return operations.prunesNamedVolumes(session.engine)
    ? vscode.l10n.t(
        'This engine makes no difference between named and anonymous volumes: named ones go too, with all files in them.',
      )
    : undefined;
}

export const volumeCommands = {
  'quayside.volume.create': create,
  'quayside.volume.openInspector': inspectorOf(volumes, 'volume', ({ row }) => row.id),
  'quayside.volume.inspect': inspectionOf(volumes, 'volume', ({ id }) => id),
  'quayside.volume.remove': remove,
  'quayside.volume.copyName': copyOf(volumes, ({ id }) => id),
  'quayside.volume.prune': pruneOf({
    kind: volumes,
    phrases: {
      nothing: () => vscode.l10n.t('There is no unused anonymous volume to remove'),
      question: count => vscode.l10n.t('Remove {0} that no container uses?', count),
      doing: () => vscode.l10n.t('Removing unused volumes'),
      failed: cause => vscode.l10n.t('Could not remove the unused volumes: {0}', cause),
    },
    candidates: prunable,
    warning: namedToo,
    prune: operations.prune,
  }),
  'quayside.volume.pruneAll': pruneOf({
    kind: volumes,
    phrases: {
      nothing: () => vscode.l10n.t('There is no unused volume to remove'),
      question: count => vscode.l10n.t('Remove {0}, named ones too, that no container uses?', count),
      doing: () => vscode.l10n.t('Removing all unused volumes'),
      failed: cause => vscode.l10n.t('Could not remove the unused volumes: {0}', cause),
    },
    candidates: unused,
    warning: () => vscode.l10n.t('All files in them are lost.'),
    prune: (on, options) => operations.prune(on, { ...options, all: true }),
  }),
} satisfies Record<string, Handler>;

import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import * as operations from '../../../engine/objects/containers/operations';
import type { Action, ManyAction } from '../../actions/action';
import { forEachTarget } from '../../actions/forEach';
import { choose } from '../../actions/pick';
import { targetOf, targetsOf } from '../../actions/targets';
import { Failure } from '../../failure';
import { composeFiles } from '../../objects/composeFiles';
import type { ContainerTarget } from '../../objects/containers';
import { projects, type ProjectTarget } from '../../objects/projects';
import type { CommandContext, Handler } from '../../run';
import { plain, quoted } from '../../text';
import { removeAll, removing } from '../containers/removal';
import { pausing, restarting, starting, stopping, unpausing } from '../containers/states';
import { showProjectLogs } from '../logs/showing';
import type { ObjectCommands } from '../table';
import * as phrases from './phrases';

/** A command on a project works on those of its containers that it fits, side by side. */
function onMembers(
  action: ManyAction<ContainerTarget>,
  which: () => string,
  act: (context: CommandContext, members: readonly ContainerTarget[]) => Promise<void>,
): Handler {
  return async context => {
    const fitting = ({ members }: ProjectTarget): ContainerTarget[] =>
      members.filter(member => action.unfit?.(member, context.call) === undefined);
    const ofProjects: Action<ProjectTarget> = {
      kind: projects,
      phrases: { ...action.phrases, which, nothing: phrases.nothing },
      unfit: project => (fitting(project).length > 0 ? undefined : vscode.l10n.t('this fits none of its containers')),
    };
    await act(context, (await targetsOf(context, ofProjects)).flatMap(fitting));
  };
}

type Act = (
  engine: CommandContext['session']['current']['engine'],
  id: string,
  options: { signal: AbortSignal },
) => Promise<void>;

function membersVerb(action: ManyAction<ContainerTarget>, which: () => string, act: Act): Handler {
  return onMembers(action, which, async (context, members) => {
    const { engine } = context.session.current;
    await forEachTarget(context, action, members, ({ id }, signal) => act(engine, id, { signal }));
  });
}

const opening: Action<ProjectTarget> = {
  kind: projects,
  phrases: phrases.openComposeFile,
  unfit: ({ members }) =>
    members.some(({ row }) => row.compose?.configFiles.length)
      ? undefined
      : vscode.l10n.t('its containers do not tell where the file is'),
};

/** Opens the Compose file that a project's labels name; asks when there are several. */
const openComposeFile: Handler = async context => {
  const { name, members } = await targetOf(context, opening);
  const claimed = composeFiles(members.map(({ row }) => row.compose));
  const files = await regularFiles(claimed);
  const [first, second] = files;
  if (!first) throw new Failure(phrases.openComposeFile.failed(quoted(name), missingFile(claimed)));
  const file = second ? await choose(phrases.openComposeFile.doing(quoted(name)), files.map(asChoice)) : first;
  await vscode.window.showTextDocument(vscode.Uri.file(file));
  return file;
};

async function regularFiles(files: readonly string[]): Promise<string[]> {
  const checked = await Promise.all(
    files.map(file =>
      stat(file).then(
        stats => (stats.isFile() ? [file] : []),
        () => [],
      ),
    ),
  );
  return checked.flat();
}

function missingFile([first]: readonly string[]): string {
  return first === undefined
    ? vscode.l10n.t('its containers name no local file')
    : vscode.l10n.t('there is no file {0} on this machine', quoted(first));
}

function asChoice(value: string): { label: string; value: string } {
  return { label: plain(value, 200), value };
}

export const projectCommands: ObjectCommands = {
  commands: {
    'quayside.project.start': membersVerb(starting, phrases.start, operations.start),
    'quayside.project.stop': membersVerb(stopping, phrases.stop, operations.stop),
    'quayside.project.restart': membersVerb(restarting, phrases.restart, operations.restart),
    'quayside.project.pause': membersVerb(pausing, phrases.pause, operations.pause),
    'quayside.project.unpause': membersVerb(unpausing, phrases.unpause, operations.unpause),
    'quayside.project.remove': onMembers(removing, phrases.remove, (context, members) =>
      removeAll(context, removing, members),
    ),
    'quayside.project.openComposeFile': openComposeFile,
    'quayside.project.showLogs': showProjectLogs,
  },
};

import * as vscode from 'vscode';
import type { LogNotice } from '../../../engine/logs/notices';
import type { Action } from '../../actions/action';
import { targetOf, targetsOf } from '../../actions/targets';
import { config } from '../../config';
import { containers, type ContainerTarget } from '../../objects/containers';
import { projects, type ProjectTarget } from '../../objects/projects';
import type { CommandContext, Handler } from '../../run';
import type { Session } from '../../session/session';
import { type LogRange, mergedLogs, singleLog } from '../../terminals/logs/logSources';
import { LogTerminal, type LogTerminalOptions } from '../../terminals/logs/logTerminal';
import { quoted } from '../../text';
import * as phrases from './phrases';
import { askRange, givenRange } from './range';

/** How many lines are kept at least, so that filters can be changed: more than a terminal keeps itself. */
const leastKept = 10_000;

const showing: Action<ContainerTarget> = { kind: containers, phrases: phrases.show };

/** Shows the log of a container, or the merged logs of several. `since`, `until` and `tail` may be given. */
export const showLogs: Handler = async context => {
  const targets = await targetsOf(context, showing);
  await show(context, targets, givenRange(context.call) ?? { tail: config.logsTail });
};

/** Like `showLogs`, but asks for the range if it is not given. */
export const showLogsFrom: Handler = async context => {
  const targets = await targetsOf(context, showing);
  await show(
    context,
    targets,
    givenRange(context.call) ?? (await askRange(vscode.l10n.t('Show which part of the log?'))),
  );
};

/** Shows all logs of a Compose project, also of containers that join it later. */
export const showProjectLogs: Handler = async context => {
  const action: Action<ProjectTarget> = { kind: projects, phrases: phrases.showProject };
  const { name, members } = await targetOf(context, action);
  const { current: session } = context.session;
  const joins = (id: string): boolean => session.mirror.get('container', id)?.compose?.project === name;
  await show(context, members, givenRange(context.call) ?? { tail: config.logsTail }, { name, joins });
};

/** All logs of a project, under one name. */
interface Group {
  name: string;
  /** Whether a container that is made later belongs to it. */
  joins: (id: string) => boolean;
}

async function show(
  context: CommandContext,
  targets: readonly ContainerTarget[],
  range: LogRange,
  group?: Group,
): Promise<void> {
  const { current: session } = context.session;
  const merged = group !== undefined || targets.length > 1;
  const name = group?.name ?? targets.map(target => target.name).join(', ');
  const shownIds = new Set(targets.map(({ id }) => id));
  const key = (): string =>
    ['logs', session.key, group?.name ?? [...shownIds].toSorted().join(), ...Object.values(range).map(String)].join(
      ' ',
    );
  const source = new LogTerminal({
    ...{ title: phrases.title(name, range), merged, keep: Math.max(leastKept, range.tail ?? 0) },
    nameOf: namesOf(session, targets),
    items: itemsOf(session, targets, range, group),
    noticed: notice => replaceId(shownIds, notice),
    failed: cause => (merged ? phrases.showProject : phrases.show).failed(quoted(name), cause),
    ended: range.until === undefined ? phrases.ended() : phrases.endOfRange(),
  });
  const { terminals } = await context.lateTerminals.load();
  terminals.show({
    ...{ name: phrases.tab(name), source, profile: 'logs', connection: session.connection },
    ...{ icon: merged ? 'list-tree' : 'output', place: config.logsLocation, key },
  });
}

function itemsOf(
  session: Session,
  targets: readonly ContainerTarget[],
  range: LogRange,
  group: Group | undefined,
): LogTerminalOptions['items'] {
  const ids = targets.map(({ id }) => id);
  const [first = ''] = ids;
  if (group || ids.length > 1) return signal => mergedLogs(session, ids, { ...range, joins: group?.joins }, signal);
  return signal => singleLog(session, first, range, signal);
}

/** The name of a container now; if it is gone, the name that it had, or its short id. */
function namesOf({ mirror }: Session, targets: readonly ContainerTarget[]): (id: string) => string {
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  return id => mirror.get('container', id)?.name ?? names.get(id) ?? id.slice(0, 12);
}

/** Keeps the ids of the shown containers up to date when another one takes the place of one of them. */
function replaceId(ids: Set<string>, notice: LogNotice): void {
  if (notice.what !== 'replaced') return;
  ids.delete(notice.id);
  ids.add(notice.by.id);
}

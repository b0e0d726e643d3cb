import * as vscode from 'vscode';
import type { MergedItem } from '../../../engine/logs/merge';
import type { Action } from '../../actions/action';
import { targetOf, targetsOf } from '../../actions/targets';
import { config } from '../../config';
import { containers, type ContainerTarget } from '../../objects/containers';
import { projects, type ProjectTarget } from '../../objects/projects';
import type { CommandContext, Handler } from '../../run';
import { withSentence } from '../../terminals/logs/logFailures';
import { type LogRange, mergedLogs, singleLog } from '../../terminals/logs/logSources';
import { LogTerminal } from '../../terminals/logs/logTerminal';
import { quoted } from '../../text';
import * as phrases from './phrases';
import { askRange, givenRange } from './range';

/** Kept so that filters can be changed; more than a terminal keeps itself. */
const leastKept = 10_000;

const showing: Action<ContainerTarget> = { kind: containers, phrases: phrases.show };

/** Shows a container's log, or those of several merged into one. `since`, `until` and `tail` may be given. */
export const showLogs: Handler = async context => {
  const targets = await targetsOf(context, showing);
  show(context, targets, givenRange(context.call) ?? { tail: config.logsTail });
};

/** Asks for the range that is not given. */
export const showLogsFrom: Handler = async context => {
  const targets = await targetsOf(context, showing);
  show(context, targets, givenRange(context.call) ?? (await askRange(vscode.l10n.t('Show which part of the log?'))));
};

/** All logs of a Compose project, also of containers that join it later. */
export const showProjectLogs: Handler = async context => {
  const action: Action<ProjectTarget> = { kind: projects, phrases: phrases.showProject };
  const { name, members } = await targetOf(context, action);
  const { current: session } = context.session;
  const joins = (id: string): boolean => session.mirror.get('container', id)?.compose?.project === name;
  show(context, members, givenRange(context.call) ?? { tail: config.logsTail }, { name, joins });
};

interface Group {
  name: string;
  joins: (id: string) => boolean;
}

function show(context: CommandContext, targets: readonly ContainerTarget[], range: LogRange, group?: Group): void {
  const { current: session } = context.session;
  const [first] = targets;
  const merged = group !== undefined || targets.length > 1;
  const names = new Map(targets.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => session.mirror.get('container', id)?.name ?? names.get(id) ?? id.slice(0, 12);
  const name = group?.name ?? (merged ? targets.map(target => target.name).join(', ') : (first?.name ?? ''));
  const ids = targets.map(({ id }) => id);
  const shown = new Set(ids);
  const items = (signal: AbortSignal): AsyncIterable<MergedItem> =>
    merged
      ? mergedLogs(session, ids, { ...range, joins: group?.joins }, signal)
      : singleLog(session, first?.id ?? '', range, signal);
  const words = merged ? phrases.showProject : phrases.show;
  const source = new LogTerminal({
    title: phrases.title(name, range),
    merged,
    keep: Math.max(leastKept, range.tail ?? 0),
    nameOf,
    items: signal => withSentence(replacing(shown, items(signal)), cause => words.failed(quoted(name), cause)),
    ended: range.until === undefined ? phrases.ended() : phrases.endOfRange(),
  });
  const place = config.logsLocation;
  const key = (): string =>
    ['logs', session.key, group?.name ?? [...shown].toSorted().join(), ...Object.values(range).map(String)].join(' ');
  context.terminals.show({
    ...{ name: phrases.tab(name), source, profile: 'logs', connection: session.connection },
    ...{ icon: merged ? 'list-tree' : 'output', place, key },
  });
}

/** Keeps the ids of the containers whose logs come, also when others take their places. */
async function* replacing(shown: Set<string>, items: AsyncIterable<MergedItem>): AsyncGenerator<MergedItem> {
  for await (const merged of items) {
    if ('notice' in merged.item && merged.item.notice.what === 'replaced') {
      shown.delete(merged.item.notice.id);
      shown.add(merged.item.notice.by.id);
    }
    yield merged;
  }
}

import * as vscode from 'vscode';
import { humanSize, shortId } from '../../base/format';
import type { Container } from '../../engine/objects/containers/row';
import { ageText } from '../objects/ageText';
import { imageText, statusText } from '../objects/containerText';
import { quoted } from '../text';
import { actionsOf, type InspectedRow, successorAction } from './headActions';
import type { Ledger } from './ledger';
import type { InspectedObject } from './object';
import { noticeOf, successorOf } from './presence';
import type { Head, Value } from './protocol';
import { kinds } from './tabs/kinds';
import { objectLink } from './tabs/values';

/** What the head says of an object as it is now; of one that is not there, what it was called and why it is not. */
export function headOf(object: InspectedObject, ledger: Ledger, readAt: number | undefined, manifest: unknown): Head {
  const presence = object.locate();
  const { inspected, session } = object;
  const { kind, name } = inspected;
  const tabs = kinds[kind].tabs.map(({ tab, title }) => ({ tab, title: title() }));
  const notice = noticeOf(presence, inspected, readAt);
  const row = presence.kind === 'here' ? presence.row : undefined;
  const next = presence.kind === 'gone' || row?.kind === 'image' ? successorOf(session, inspected) : undefined;
  const successor = next ? [successorAction(ledger)] : [];
  if (!row) {
    return { kind, name, description: [], actions: successor, tabs, ...(notice !== undefined && { notice }) };
  }
  return {
    kind,
    name: nameOf(row, name),
    description: description(row, object.users.length > 0, ledger, Date.now()),
    actions: [...successor, ...actionsOf(row, session.usage, ledger, manifest)],
    tabs,
    ...(next && { notice: vscode.l10n.t('{0} is another image now.', quoted(name)) }),
  };
}

/** What an object is and how it is, beside its name. */
function description(inspected: InspectedRow, used: boolean, ledger: Ledger, now: number): Value[] {
  switch (inspected.kind) {
    case 'container':
      return containerDescription(inspected.row, ledger, now);
    case 'image': {
      const { size, created } = inspected.row;
      const age = created > 0 ? vscode.l10n.t('{0} ago', ageText(Math.max(0, now - created))) : '';
      return told([{ text: humanSize(size) }, { text: age }, useBadge(used)]);
    }
    case 'network': {
      const { driver, scope, subnets } = inspected.row;
      return told([
        { text: driver },
        { text: scope },
        ...subnets.map(({ subnet }) => ({ text: subnet })),
        useBadge(used),
      ]);
    }
    case 'volume':
      return told([{ text: inspected.row.driver }, useBadge(used)]);
  }
}

/** What an object is called where it has no name of its own, or one that says nothing. */
function nameOf(inspected: InspectedRow, name: string): string {
  if (inspected.kind !== 'image') return inspected.row.name;
  const { tags, id } = inspected.row;
  return tags.find(tag => tag === name) ?? tags[0] ?? shortId(id);
}

function containerDescription(row: Container, ledger: Ledger, now: number): Value[] {
  return told([
    { text: statusText(row, now), tone: stateTone(row) },
    objectLink(ledger, 'image', row.imageId, imageText(row.image)),
  ]);
}

function stateTone({ state, health, exitCode }: Container): NonNullable<Value['tone']> {
  if (state === 'running') return health === 'unhealthy' ? 'bad' : health === 'starting' ? 'warning' : 'good';
  if (state === 'exited') return exitCode === 0 ? 'quiet' : 'bad';
  if (state === 'dead') return 'bad';
  return state === 'created' ? 'quiet' : 'warning';
}

function useBadge(used: boolean): Value {
  return used ? { text: vscode.l10n.t('in use'), tone: 'good' } : { text: vscode.l10n.t('not in use'), tone: 'quiet' };
}

function told(values: readonly Value[]): Value[] {
  return values.filter(({ text }) => text !== '');
}

import * as vscode from 'vscode';
import { humanSize, shortId } from '../../base/format';
import type { Container } from '../../engine/containers';
import { humanAge } from '../../engine/age';
import { imageText, statusText } from '../trees/containerText';
import type { InspectedRow } from './actions';
import type { Ledger } from './ledger';
import type { Value } from './protocol';
import { objectLink } from './values';

/** What an object is and how it is, beside its name. */
export function description(inspected: InspectedRow, used: boolean, ledger: Ledger, now: number): Value[] {
  switch (inspected.kind) {
    case 'container':
      return containerDescription(inspected.row, ledger, now);
    case 'image': {
      const { size, created } = inspected.row;
      const age = created > 0 ? vscode.l10n.t('{0} ago', humanAge(Math.max(0, now - created))) : '';
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
export function nameOf(inspected: InspectedRow, name: string): string {
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

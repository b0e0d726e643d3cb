import * as vscode from 'vscode';
import { shortId } from '../../base/format';
import type { Handles } from './handles';
import type { InspectedObject } from './object';
import { noticeOf } from './presence';
import type { Head, InspectedKind } from './protocol';
import { fits } from './tabs/inspectable';
import { kinds, namedTabs } from './tabs/kinds';
import type { InspectedRow } from './tabs/tab';

/** Opens the object that took a removed one's place; the panel does this itself. */
export const openSuccessor = 'openSuccessor';

/** What the head says of an object now. Of one that is not there: its last name, and why it is not there. */
export function headOf(object: InspectedObject, handles: Handles, readAt: number | undefined): Head {
  const presence = object.locate();
  const { kind, name } = object.inspected;
  const { icon, movedNotice } = kinds[kind];
  const row = presence.kind === 'here' ? presence.row : undefined;
  const successor = presence.kind === 'gone' || (row && movedNotice) ? object.successor : undefined;
  const actions = successor ? [successorAction(handles)] : [];
  const tabs = namedTabs(kind).map(tab => ({ tab: tab.name, title: tab.title() }));
  const base = { icon, name, description: [], actions, tabs };
  if (!row) return { ...base, notice: noticeOf(presence, object.inspected, readAt) };
  const used = object.users.length > 0;
  return {
    ...base,
    ...saidOf(row, { name, used, handles }),
    actions: [...actions, ...actionsOf(row, used, handles)],
    notice: successor && movedNotice?.(name),
  };
}

/** An object may have lost the name that it was opened by, or have none. */
function saidOf<K extends InspectedKind>(
  { kind, row }: InspectedRow<K>,
  { name, used, handles }: { name: string; used: boolean; handles: Handles },
): Pick<Head, 'name' | 'description'> {
  const names = kinds[kind].names(row);
  return {
    name: names.find(own => own === name) ?? names[0] ?? shortId(row.id),
    description: kinds[kind].description(row, { used, handles, now: Date.now() }).filter(({ text }) => text !== ''),
  };
}

/** The commands that fit the object as it is now. */
export function actionsOf<K extends InspectedKind>(
  { kind, row }: InspectedRow<K>,
  used: boolean,
  handles: Pick<Handles, 'action'>,
): Head['actions'] {
  const { contextValue, actions } = kinds[kind];
  const words = contextValue(row, used).split(' ');
  return actions
    .filter(action => fits(action, words))
    .map(({ verb, title, icon }) => ({ id: handles.action(`quayside.${kind}.${verb}`), title: title(), icon }));
}

function successorAction(handles: Handles): Head['actions'][number] {
  return { id: handles.action(openSuccessor), title: vscode.l10n.t('Open What Took Its Place'), icon: 'arrow-right' };
}

import * as vscode from 'vscode';
import { text } from '../../../base/read';
import * as operations from '../../../engine/objects/containers/operations';
import type { Action } from '../../actions/action';
import { forTarget } from '../../actions/forEach';
import { type Found, lookUpAmong } from '../../actions/lostAnswer';
import { askText } from '../../actions/pick';
import { targetOf } from '../../actions/targets';
import { Failure } from '../../failure';
import { containers, type ContainerTarget } from '../../objects/containers';
import type { Handler } from '../../run';
import type { Session } from '../../session/session';
import { quoted } from '../../text';
import * as phrases from './phrases';

const renaming: Action<ContainerTarget> = {
  kind: containers,
  phrases: phrases.rename,
  unfit: ({ row }) => (row.state === 'removing' ? vscode.l10n.t('it is being removed') : undefined),
};

/** Option: `name`, the new one; asks for it when it is not given. */
export const rename: Handler = async context => {
  const target = await targetOf(context, renaming);
  const session = context.session.current;
  const invalid = (name: string): string | undefined => unusable(name, target, session);
  const given = text(context.call.options['name']);
  const name =
    given || (await askText({ title: vscode.l10n.t('Rename {0}', quoted(target.name)), value: target.name, invalid }));
  const cause = invalid(name);
  if (cause !== undefined) throw new Failure(phrases.rename.failed(quoted(target.name), cause));
  await forTarget(
    phrases.rename,
    target.name,
    signal => operations.rename(session.engine, target.id, { name, signal }),
    lookUpAmong(session, containers, all => renamed(all, target, name)),
  );
};

function renamed(all: readonly ContainerTarget[], { id }: ContainerTarget, name: string): Found<void> {
  const now = all.find(target => target.id === id)?.name;
  const state = now === undefined ? vscode.l10n.t('it is gone') : vscode.l10n.t('its name is {0}', quoted(now));
  return now === name ? { done: true, result: undefined, state } : { done: false, state };
}

/** Why a container cannot have this name. The pattern is the engine's. */
function unusable(name: string, { id }: ContainerTarget, { mirror }: Session): string | undefined {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    return vscode.l10n.t('a name has two characters at least, letters and digits, and from the second on also _ . -');
  }
  const owner = mirror.list('container').find(row => row.name === name);
  if (!owner) return undefined;
  return owner.id === id
    ? vscode.l10n.t('this is its name already')
    : vscode.l10n.t('a container named {0} exists', quoted(name));
}

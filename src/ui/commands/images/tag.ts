import * as vscode from 'vscode';
import { text } from '../../../base/read';
import * as operations from '../../../engine/objects/images/operations';
import { splitReference } from '../../../engine/objects/images/reference';
import { forTarget } from '../../actions/forEach';
import { type Found, lookUpAmong } from '../../actions/lostAnswer';
import { askText } from '../../actions/pick';
import { targetOf } from '../../actions/targets';
import { Failure } from '../../failure';
import { findNamed } from '../../objects/findNamed';
import { images, type ImageTarget, referenceOf } from '../../objects/images';
import type { Handler } from '../../run';
import { quoted } from '../../text';
import * as phrases from './phrases';

/** Gives an image another tag. Option: `reference`; asks for it when it is not given. */
export const tag: Handler = async context => {
  const target = await targetOf(context, { kind: images, phrases: phrases.tag });
  const reference = text(context.call.options['reference']) || (await ask(target.name));
  const cause = unusable(reference);
  if (cause !== undefined) throw new Failure(phrases.tag.failed(quoted(target.name), cause));
  const { repository, tag: word } = splitReference(reference);
  const session = context.session.current;
  const { engine } = session;
  const tagged = { repository, tag: word || 'latest' };
  await forTarget(
    phrases.tag,
    target.name,
    signal => operations.tag(engine, referenceOf(target), { ...tagged, signal }),
    lookUpAmong(session, images, all => hasTag(all, target, `${repository}:${tagged.tag}`)),
  );
};

function hasTag(all: readonly ImageTarget[], { row }: ImageTarget, reference: string): Found<void> {
  const done = findNamed(all, reference).some(now => now.row.id === row.id);
  return done
    ? { done, result: undefined, state: vscode.l10n.t('it has the tag') }
    : { done, state: vscode.l10n.t('it does not have the tag') };
}

function ask(name: string): Promise<string> {
  return askText({
    title: vscode.l10n.t('Tag {0}', quoted(name)),
    prompt: vscode.l10n.t('The new reference, e.g. registry.example.com/team/app:1.2'),
    value: name,
    invalid: unusable,
  });
}

/** The pattern is the distribution project's, without its limits of length. */
function unusable(reference: string): string | undefined {
  const { repository, tag: word } = splitReference(reference);
  if (!/^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(repository)) {
    return vscode.l10n.t('a repository is written registry/name, the name in small letters and digits');
  }
  return /^[\w][\w.-]{0,127}$|^$/.test(word) ? undefined : vscode.l10n.t('a tag has letters, digits and _ . - only');
}

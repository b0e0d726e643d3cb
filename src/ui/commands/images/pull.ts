import * as vscode from 'vscode';
import { humanSize } from '../../../base/format';
import { text } from '../../../base/read';
import type { Engine } from '../../../engine/connection/engine';
import { pull as pullImage, type PullOptions } from '../../../engine/objects/images/pull';
import { type PullState, PullTotals } from '../../../engine/objects/images/pullTotals';
import type { Action, ManyPhrases } from '../../actions/action';
import { forEachTarget, forTarget } from '../../actions/forEach';
import { type LookUp, lookUpAmong, unlessLost } from '../../actions/lostAnswer';
import { askText } from '../../actions/pick';
import { targetsOf } from '../../actions/targets';
import { tell } from '../../actions/tell';
import { Failure } from '../../failure';
import { goesBy, images, type ImageTarget } from '../../objects/images';
import type { Report } from '../../progress';
import type { CommandContext, Handler } from '../../run';
import { connected } from '../../session/connected';
import type { Session } from '../../session/session';
import { quoted } from '../../text';

const phrases: ManyPhrases = {
  which: () => vscode.l10n.t('Pull which images again?'),
  nothing: () => vscode.l10n.t('There is no image with a tag to pull again'),
  doing: what => vscode.l10n.t('Pulling {0}', what),
  failed: (what, cause) => vscode.l10n.t('Could not pull {0}: {1}', what, cause),
  failedSome: (failed, all, causes) => vscode.l10n.t('{0} of {1} could not be pulled: {2}', failed, all, causes),
};

const pullingAgain: Action<ImageTarget> = {
  kind: images,
  phrases,
  unfit: ({ reference }) => (reference === undefined ? vscode.l10n.t('it has no tag to pull it by') : undefined),
};

/**
 * Pulls the given references, or asks for one. It ignores rows, since a view's title passes the selected ones too.
 * Option: `platform`.
 */
export const pull: Handler = async context => {
  const { names } = context.call;
  const references = names.length > 0 ? names : [await askReference()];
  await pullAll(context, references);
};

/** Pulls existing tags again, for what they mean by now. Option: `platform`. */
export const pullAgain: Handler = async context => {
  const targets = await targetsOf(context, pullingAgain);
  await pullAll(
    context,
    targets.map(({ name }) => name),
  );
};

/** One pull shows its layers; several run side by side and report their failures together. */
async function pullAll(context: CommandContext, references: readonly string[]): Promise<void> {
  const { call, session } = context;
  const engine = await connected(session.current);
  const platform = text(call.options['platform']) || undefined;
  for (const reference of references) {
    const cause = unusable(reference);
    if (cause !== undefined) throw new Failure(phrases.failed(quoted(reference), cause));
  }
  const pullOne = (reference: string, signal: AbortSignal, report: Report): Promise<unknown> =>
    unlessLost(lookUpOf(session.current, reference), signal, () =>
      follow(engine, reference, { platform, signal }, report),
    );
  const [reference] = references;
  if (references.length === 1 && reference !== undefined) {
    await forTarget(phrases, reference, (signal, report) => pullOne(reference, signal, report));
  } else {
    const targets = references.map(name => ({ id: name, name, called: [name] }));
    await forEachTarget(
      context,
      { kind: { count: count => images.count(count) }, phrases },
      targets,
      ({ name }, signal) => pullOne(name, signal, () => undefined),
    );
  }
  if (!call.fromProgram) tell(vscode.l10n.t('{0} is here and up to date', pulledText(references)));
}

/** A pull whose end was lost is done if the name means another image than before. */
function lookUpOf(session: Session, reference: string): LookUp<void> {
  const idIn = (all: readonly ImageTarget[]): string | undefined =>
    all.find(target => goesBy(target, reference))?.row.id;
  const before = idIn(images.list(session));
  return lookUpAmong(session, images, all => {
    const now = idIn(all);
    if (now === undefined) return { done: false, state: vscode.l10n.t('it is not there') };
    return now === before
      ? { done: false, state: vscode.l10n.t('the image of that name is the one from before') }
      : { done: true, result: undefined, state: vscode.l10n.t('it is there') };
  });
}

function pulledText(references: readonly string[]): string {
  return references.map(quoted).join(', ');
}

function askReference(): Promise<string> {
  return askText({
    title: vscode.l10n.t('Pull an Image'),
    prompt: vscode.l10n.t('Name, tag and registry of the image; without a tag, “latest” is pulled'),
    placeHolder: 'docker.io/library/nginx:latest',
    invalid: unusable,
  });
}

/** Why a text cannot be a reference. The engine and the registry check the rest. */
function unusable(reference: string): string | undefined {
  return /^[\w][\w./:@+-]*$/.test(reference)
    ? undefined
    : vscode.l10n.t('a reference is written registry/name:tag, without spaces');
}

async function follow(engine: Engine, reference: string, options: PullOptions, report: Report): Promise<void> {
  const totals = new PullTotals();
  for await (const line of pullImage(engine, reference, options)) {
    totals.add(line);
    const { state } = totals;
    if (state.layers > 0) report({ message: stateText(state), percent: state.percent });
  }
}

function stateText({ done, layers, current, total }: PullState): string {
  const layersDone = vscode.l10n.t('{0} of {1} layers', done, layers);
  return total > 0 ? `${layersDone}, ${humanSize(current)} / ${humanSize(total)}` : layersDone;
}

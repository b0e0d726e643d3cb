import * as vscode from 'vscode';
import { humanSize, shortId } from '../../base/format';
import { kinds } from '../../engine/mirror/kinds';
import type { Image } from '../../engine/objects/images/kind';
import type { Target } from './object';
import { resourceKind } from './resourceKind';

/** One tag of an image, or (without a reference) the image itself. */
export interface ImageTarget extends Target {
  readonly row: Image;
  readonly reference: string | undefined;
}

export const images = resourceKind<'image', ImageTarget>('image', imageTargets, {
  count: count => (count === 1 ? vscode.l10n.t('1 image') : vscode.l10n.t('{0} images', count)),
  one: name => vscode.l10n.t('image {0}', name),
  missing: name => vscode.l10n.t('There is no image {0}', name),
  /** A tag has no id of its own to ask for. */
  fetch: async (engine, signal) => (await kinds.image.list(engine, undefined, signal)).flatMap(imageTargets),
  of: (subject, targets) =>
    subject.kind === 'image'
      ? targets.filter(({ row, reference }) => row.id === subject.id && reference === subject.reference)
      : undefined,
  describe: ({ row, reference }) => [reference && shortId(row.id), humanSize(row.size)].filter(Boolean).join(' · '),
  offered: ({ row, reference }) => reference !== undefined || row.tags.length === 0,
});

/** What names the target to the engine: the tag, or the id. */
export function referenceOf({ row, reference }: ImageTarget): string {
  return reference ?? row.id;
}

/** Whether a reference names the image, in its long or short form. */
export function goesBy({ called }: ImageTarget, reference: string): boolean {
  return [reference, ...shortForms(reference)].some(form => called.includes(form));
}

/** A target for each tag, and one for the image itself, which has only its id. */
function imageTargets(row: Image): ImageTarget[] {
  const self = { id: row.id, name: row.tags[0] ?? shortId(row.id), called: row.digests, row, reference: undefined };
  const tagged = row.tags.map(reference => ({
    id: '',
    name: reference,
    called: [reference, ...shortForms(reference)],
    row,
    reference,
  }));
  return [self, ...tagged];
}

/** `docker.io/library/nginx:latest` is also called `nginx`. Podman lists the long form, docker the short one. */
function shortForms(reference: string): string[] {
  const short = reference.replace(/^docker\.io\/(library\/)?/, '');
  return [short, short.replace(/:latest$/, '')];
}

import * as vscode from 'vscode';
import { text } from '../../../../base/read';
import { changes as changesOf } from '../../../../engine/objects/containers/changes';
import type { ReadableTab } from '../tab';

/** What `docker diff` lists. */
export const changes: ReadableTab<'changes'> = {
  title: () => vscode.l10n.t('Changes'),
  asks: true,
  content: async ({ json }, engine, options) => {
    const all = await changesOf(engine, text(json['Id']), options);
    return { tab: 'changes', changes: all.map(({ kind, path }) => [kind, path]) };
  },
};

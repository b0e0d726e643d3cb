import * as vscode from 'vscode';
import { maskedValue, maskedWords } from '../../../base/secrets';
import type { ContentOf } from '../protocol';
import type { Source } from './source';
import type { ReadableTab } from './tab';

export const raw: ReadableTab<'raw'> = { title: () => vscode.l10n.t('Raw'), content: maskedAnswer };

/** The engine's answer as `docker inspect` prints it. Whatever looks secret in it is hidden. */
function maskedAnswer({ json }: Source): ContentOf<'raw'> {
  let hidden = 0;
  const counted = (shown: string, whole: string | undefined): string => {
    if (shown !== whole) hidden++;
    return shown;
  };
  const masked = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return counted(maskedValue(name, value), value);
    if (areTexts(value)) return maskedWords(value).map((shown, index) => counted(shown, value[index]));
    if (Array.isArray(value)) return value.map(item => masked(name, item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(key, item)]));
  };
  return { tab: 'raw', json: masked('', json), hidden };
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

import * as vscode from 'vscode';
import type { Action } from '../actions/action';
import { targetsOf } from '../actions/targets';
import type { ObjectKind, Target } from '../objects/object';
import type { Handler } from '../run';
import { plain } from '../text';
import * as phrases from './phrases';

/** A command that puts one text for each object into the clipboard, a line each, and returns it. */
export function copyOf<T extends Target>(
  kind: ObjectKind<T>,
  textOf: (target: T) => string,
  unfit?: (target: T) => string | undefined,
): Handler {
  const action: Action<T> = { kind, phrases: phrases.copy, ...(unfit && { unfit }) };
  return async context => copyText((await targetsOf(context, action)).map(textOf).join('\n'));
}

const shownMs = 3_000;
const longestShown = 40;

/** Puts text into the clipboard, and says so in the status bar for some seconds. */
export async function copyText(text: string): Promise<string> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) ${vscode.l10n.t('Copied: {0}', plain(text, longestShown))}`, shownMs);
  return text;
}

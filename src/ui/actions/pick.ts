import * as vscode from 'vscode';
import { compareNames } from '../../base/format';
import { answered, Canceled } from '../failure';
import type { Target } from '../objects/object';
import { plain } from '../text';
import type { Action } from './action';

export interface Choice<T> extends vscode.QuickPickItem {
  value: T;
}

/** Asks for one value. Labels must be free of icons: foreign text comes through `plain`. */
export async function choose<T>(title: string, choices: readonly Choice<T>[], placeHolder?: string): Promise<T> {
  const options = {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
    ...(placeHolder !== undefined && { placeHolder }),
  };
  return (await answered(vscode.window.showQuickPick(choices, options))).value;
}

/** Asks for one object. */
export async function pickOne<T extends Target>(action: Action<T>, targets: readonly T[]): Promise<readonly T[]> {
  return [await choose(action.phrases.which(), choicesOf(action, targets))];
}

/** Asks for objects, with check boxes. Rejects with Canceled when none is chosen. */
export async function pickMany<T extends Target>(action: Action<T>, targets: readonly T[]): Promise<readonly T[]> {
  const options = { title: action.phrases.which(), matchOnDescription: true, canPickMany: true } as const;
  const chosen = await answered(vscode.window.showQuickPick(choicesOf(action, targets), options));
  if (chosen.length === 0) throw new Canceled();
  return chosen.map(({ value }) => value);
}

function choicesOf<T extends Target>({ kind }: Action<T>, targets: readonly T[]): Choice<T>[] {
  return targets
    .map(value => ({ label: plain(value.name), description: plain(kind.describe(value)), value }))
    .sort((a, b) => compareNames(a.label, b.label));
}

/** A cause, which elsewhere ends a sentence, as a sentence of its own. */
function capitalized(cause: string | undefined): string | undefined {
  return cause && cause.charAt(0).toLocaleUpperCase() + cause.slice(1);
}

interface TextQuestion {
  title: string;
  prompt?: string;
  value?: string;
  placeHolder?: string;
  /** Why a text cannot be used; undefined when it can. */
  invalid?: (text: string) => string | undefined;
}

/** Asks for a text and checks it as the person types. */
export async function askText({ title, prompt, value, placeHolder, invalid }: TextQuestion): Promise<string> {
  const options = {
    title,
    ignoreFocusOut: true,
    ...(prompt !== undefined && { prompt }),
    ...(value !== undefined && { value }),
    ...(placeHolder !== undefined && { placeHolder }),
    ...(invalid && { validateInput: (text: string) => capitalized(invalid(text.trim())) }),
  };
  return (await answered(vscode.window.showInputBox(options))).trim();
}

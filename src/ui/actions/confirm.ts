import * as vscode from 'vscode';
import { answered } from '../failure';
import type { Call } from './call';

interface Question<A extends string> {
  message: string;
  /** Lines below the message that say what goes with it. */
  detail?: string;
  /** The buttons' titles by the answer that each gives, the usual one first. */
  actions: Readonly<Partial<Record<A, string>>>;
}

/** Asks before something is destroyed. Rejects with Canceled when the person leaves the question. */
export async function confirm<A extends string>({ message, detail = '', actions }: Question<A>): Promise<A> {
  const items = Object.entries(actions).map(([answer, title]) => ({ answer: answer as A, title: String(title) }));
  const chosen = await answered(vscode.window.showWarningMessage(message, { modal: true, detail }, ...items));
  return chosen.answer;
}

/** Whether the caller may be asked: everybody but a program that says `ask: false`. */
export function mayAsk(call: Call): boolean {
  return call.options['ask'] !== false;
}

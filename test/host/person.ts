import * as vscode from 'vscode';

export interface Question {
  message: string;
  detail: string;
  buttons: readonly string[];
}

export interface Pick {
  title: string;
  items: readonly vscode.QuickPickItem[];
}

export interface Input {
  title: string;
  value: string;
  validate: (text: string) => unknown;
}

/** What a person was shown. */
export interface Shown {
  errors: string[];
  notices: string[];
  /** Details below the notices. */
  details: string[];
  questions: Question[];
  picks: Pick[];
  inputs: Input[];
}

/** What a person answers, one after the other; when there is no answer, the question is left. */
export interface Answers {
  /** The buttons of questions. */
  buttons?: readonly string[];
  /** The labels chosen in picks; several for a pick with check boxes. */
  picks?: readonly (string | readonly string[])[];
  inputs?: readonly string[];
}

/** Stands in for the person in front of the window while the work is done, and returns what that person was shown. */
export async function withPerson(answers: Answers, work: () => Promise<unknown>): Promise<Shown> {
  const shown: Shown = { errors: [], notices: [], details: [], questions: [], picks: [], inputs: [] };
  const restore = replaceWindow(shown, {
    buttons: [...(answers.buttons ?? [])],
    picks: [...(answers.picks ?? [])],
    inputs: [...(answers.inputs ?? [])],
  });
  try {
    await work();
  } finally {
    restore();
  }
  return shown;
}

interface Left {
  buttons: string[];
  picks: (string | readonly string[])[];
  inputs: string[];
}

function replaceWindow(shown: Shown, left: Left): () => void {
  const message =
    (texts: string[]) =>
    (text: string, ...rest: unknown[]): Promise<unknown> => {
      texts.push(text);
      const { message: detail, buttons, items } = question(text, rest);
      if (detail === text) shown.details.push(readDetail(rest));
      return Promise.resolve(chosen(items, buttons, left.buttons.shift()));
    };
  return replace({
    showErrorMessage: message(shown.errors),
    showInformationMessage: message(shown.notices),
    showWarningMessage: (text: string, ...rest: unknown[]) => {
      const { items, ...asked } = question(text, rest);
      shown.questions.push(asked);
      return Promise.resolve(chosen(items, asked.buttons, left.buttons.shift()));
    },
    showQuickPick: async (entries: unknown, options: vscode.QuickPickOptions = {}) => {
      const items = (await entries) as readonly vscode.QuickPickItem[];
      shown.picks.push({ title: options.title ?? '', items });
      const answer = left.picks.shift();
      if (answer === undefined) return undefined;
      const labels = typeof answer === 'string' ? [answer] : answer;
      const picked = items.filter(({ label }) => labels.includes(label));
      return options.canPickMany ? picked : picked[0];
    },
    showInputBox: (options: vscode.InputBoxOptions = {}) => {
      const { title = '', value = '' } = options;
      shown.inputs.push({ title, value, validate: text => options.validateInput?.(text) });
      return Promise.resolve(left.inputs.shift());
    },
  });
}

function question(message: string, rest: readonly unknown[]): Question & { items: readonly unknown[] } {
  const items = rest.filter(item => typeof item === 'string' || (typeof item === 'object' && item && 'title' in item));
  return { message, detail: readDetail(rest), buttons: items.map(titleOf), items };
}

function readDetail([options]: readonly unknown[]): string {
  if (typeof options !== 'object' || options === null || !('detail' in options)) return '';
  return typeof options.detail === 'string' ? options.detail : '';
}

function titleOf(item: unknown): string {
  return typeof item === 'string' ? item : (item as vscode.MessageItem).title;
}

function chosen(items: readonly unknown[], titles: readonly string[], answer: string | undefined): unknown {
  return answer === undefined ? undefined : items[titles.indexOf(answer)];
}

/** Replaces functions of `vscode.window`; returns what puts them back. */
function replace(functions: Readonly<Record<string, unknown>>): () => void {
  return replaceIn(vscode.window, functions);
}

/** Replaces properties of an object; returns what puts them back. */
export function replaceIn(object: object, values: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(values).map(key => [key, Object.getOwnPropertyDescriptor(object, key)] as const);
  for (const [key, value] of Object.entries(values)) {
    Object.defineProperty(object, key, { value, configurable: true, writable: true, enumerable: true });
  }
  return () => {
    for (const [key, descriptor] of before) {
      if (descriptor) Object.defineProperty(object, key, descriptor);
      else Reflect.deleteProperty(object, key);
    }
  };
}

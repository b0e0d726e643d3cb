import * as vscode from 'vscode';
import { oneLine } from '../../../base/visible';
import { parsePattern, type Pattern } from './pattern';

const maxTyped = 500;
const escape = '\x1b';
const interrupt = '\x03';
const eraseAll = '\x15';
/** All but the tab, which lines may contain. */
const controls = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;
const erase = new Set(['\x7f', '\b']);

/** The state of a question after a key. */
export type Asked = 'open' | 'left' | { answer: Pattern | undefined };

/** Asks for a pattern at the foot of a log’s terminal. */
export class LogPrompt {
  #text: string;
  #error = '';

  constructor(
    readonly what: 'filter' | 'find',
    text: string,
  ) {
    this.#text = text;
  }

  get line(): string {
    const label = this.what === 'filter' ? vscode.l10n.t('filter (!text hides, /expression/)') : vscode.l10n.t('find');
    return `${label}: ${oneLine(this.#text, maxTyped)}▏ ${this.#error}`.trimEnd();
  }

  /** Takes a key, or the text of a paste. */
  type(data: string): Asked {
    this.#error = '';
    if (data === escape || data === interrupt) return 'left';
    if (data === '\r') return this.#answer();
    if (erase.has(data)) this.#text = Array.from(this.#text).slice(0, -1).join('');
    else if (data === eraseAll) this.#text = '';
    else if (!data.startsWith(escape)) this.#add(data.replace(controls, ''));
    return 'open';
  }

  /** Adds text as typed: the pattern also looks for characters that cannot be seen. */
  #add(text: string): void {
    if (this.#text.length + text.length <= maxTyped) this.#text += text;
  }

  #answer(): Asked {
    try {
      return { answer: parsePattern(this.#text) };
    } catch (error) {
      this.#error = error instanceof Error ? oneLine(error.message, 100) : '';
      return 'open';
    }
  }
}

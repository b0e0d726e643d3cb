import type * as vscode from 'vscode';
import { type Json, list, record, text } from '../../../base/read';
import type { Log } from '../../log';
import type { ShellChoice } from './shellChoice';

const choicesKey = 'shell.choices';
const commandKey = 'shell.lastCommand';
/** Only as many images as anybody works with. */
const most = 50;

/**
 * What was last opened in containers, by image, and what was last run in one. Command lines and variables may hold secrets:
 * all of it is kept among VS Code's secrets alone, which its windows share. Not being remembered keeps nothing from being
 * opened.
 */
export class ShellMemory {
  constructor(
    private readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store'>,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** What was chosen last; its types are to be checked. */
  async recall(image: string): Promise<Json | undefined> {
    const choice = (await this.#choices()).find(([of]) => of === image);
    return choice && record(choice[1]);
  }

  async remember(image: string, choice: ShellChoice): Promise<void> {
    const others = (await this.#choices()).filter(([of]) => of !== image);
    await this.#keep(choicesKey, [...others, [image, choice]].slice(-most));
  }

  /** Empty when there is none. */
  async recallCommand(): Promise<string> {
    return text(await this.#kept(commandKey));
  }

  async rememberCommand(line: string): Promise<void> {
    await this.#keep(commandKey, line);
  }

  /** Pairs of an image and a choice, the last one at the end. */
  async #choices(): Promise<readonly (readonly unknown[])[]> {
    return list(await this.#kept(choicesKey)).map(list);
  }

  async #kept(key: string): Promise<unknown> {
    try {
      return JSON.parse((await this.secrets.get(key)) ?? 'null') as unknown;
    } catch (error) {
      const cause = error instanceof SyntaxError ? 'it is not JSON' : String(error); // Which would quote what is no JSON.
      this.log.warn(`What was last opened in containers could not be read from the secrets: ${cause}`);
      return undefined;
    }
  }

  async #keep(key: string, value: unknown): Promise<void> {
    try {
      await this.secrets.store(key, JSON.stringify(value));
    } catch (error) {
      this.log.warn(`What was last opened in containers could not be kept among the secrets: ${String(error)}`);
    }
  }
}

import type * as vscode from 'vscode';
import { type Json, list, record, text } from '../../../base/read';
import type { Log } from '../../log';
import type { ShellChoice } from './shellChoice';

const choicesKey = 'shell.choices';
const commandKey = 'shell.lastCommand';
/** The choices of so many images are kept: more than anybody works with. */
const most = 50;

/**
 * Remembers what was last opened in the containers of an image, and which command was last run. Command lines and
 * variables may hold secrets, so all of it is kept in VS Code's secret storage, which its windows share. If that fails,
 * the log tells why, and the shell opens all the same.
 */
export class ShellMemory {
  constructor(
    private readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store'>,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** What was chosen last, unchecked. */
  async recall(image: string): Promise<Json | undefined> {
    const choice = (await this.#choices()).find(([of]) => of === image);
    return choice && record(choice[1]);
  }

  async remember(image: string, choice: ShellChoice): Promise<void> {
    const others = (await this.#choices()).filter(([of]) => of !== image);
    await this.#keep(choicesKey, [...others, [image, choice]].slice(-most));
  }

  /** Empty if there is none. */
  async recallCommand(): Promise<string> {
    return text(await this.#kept(commandKey));
  }

  async rememberCommand(line: string): Promise<void> {
    await this.#keep(commandKey, line);
  }

  /** Pairs of an image and a choice, the latest last. */
  async #choices(): Promise<readonly (readonly unknown[])[]> {
    return list(await this.#kept(choicesKey)).map(list);
  }

  async #kept(key: string): Promise<unknown> {
    try {
      return JSON.parse((await this.secrets.get(key)) ?? 'null') as unknown;
    } catch (error) {
      const cause = error instanceof SyntaxError ? 'it is not JSON' : String(error); // The error would quote the secret.
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

import type * as vscode from 'vscode';
import { type Json, record, texts } from '../../base/read';
import type { Log } from '../log';
import type { ShellChoice } from './shellChoice';

const key = 'shell.choices';
/** Only as many images as anybody works with. */
const most = 50;

/**
 * The last choices of what to open in a container, by image, for each workspace. The values of variables may be secrets:
 * they are kept among VS Code's secrets alone.
 */
export class ShellMemory {
  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'workspaceState' | 'secrets'>,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** What was chosen last; its types are to be checked. Without its variables where the secrets are not there any more. */
  async recall(image: string): Promise<Json | undefined> {
    const all = this.#all();
    if (!Object.hasOwn(all, image)) return undefined;
    const { hasVariables, ...choice } = record(all[image]);
    return hasVariables === true ? { ...choice, env: await this.#variables(image) } : choice;
  }

  async remember(image: string, { env, ...choice }: ShellChoice): Promise<void> {
    const others = Object.entries(this.#all()).filter(([other]) => other !== image);
    const forgotten = others.splice(0, Math.max(0, others.length + 1 - most));
    const remembered = { ...choice, ...(env && { hasVariables: true }) };
    await this.context.workspaceState.update(key, Object.fromEntries([...others, [image, remembered]]));
    await this.#keep(image, env);
    for (const [other] of forgotten) await this.#keep(other, undefined);
  }

  #all(): Json {
    return record(this.context.workspaceState.get(key));
  }

  async #variables(image: string): Promise<string[]> {
    const kept = await this.context.secrets.get(secretKey(image));
    return texts(JSON.parse(kept ?? '[]'));
  }

  /** Not being remembered keeps nothing from being opened. */
  async #keep(image: string, env: readonly string[] | undefined): Promise<void> {
    const { secrets } = this.context;
    try {
      if (env) await secrets.store(secretKey(image), JSON.stringify(env));
      else await secrets.delete(secretKey(image));
    } catch (error) {
      this.log.warn(`The variables of the last shell could not be kept among the secrets: ${String(error)}`);
    }
  }
}

function secretKey(image: string): string {
  return `shell.variables ${image}`;
}

import * as vscode from 'vscode';
import { Emitter } from '../../../base/event';

/** What a person chose for one view. It is kept for the workspace. */
export interface ViewChoices {
  filter: string;
  sort: string;
  /** Whether what does not run is hidden. Only the Containers view offers this. */
  hideStopped: boolean;
}

const initial: ViewChoices = { filter: '', sort: 'name', hideStopped: false };

/** A view's choices. Context keys (`<view>.filtered`, `<view>.stoppedHidden`) tell menus about them. */
export class ViewState {
  readonly #changed = new Emitter<ViewChoices>();
  readonly onDidChange = this.#changed.event;
  #choices: ViewChoices;
  /** The keys as VS Code has them; it takes one that was never set for false. */
  #told: Readonly<Record<string, boolean>> = {};

  constructor(
    private readonly view: string,
    private readonly memento: vscode.Memento,
  ) {
    this.#choices = checked(memento.get(`view:${view}`));
    this.#tellMenus();
  }

  get choices(): ViewChoices {
    return this.#choices;
  }

  async update(some: Partial<ViewChoices>): Promise<void> {
    this.#choices = { ...this.#choices, ...some };
    this.#tellMenus();
    this.#changed.fire(this.#choices);
    await this.memento.update(`view:${this.view}`, this.#choices);
  }

  #tellMenus(): void {
    const { filter, hideStopped } = this.#choices;
    const keys = { filtered: filter !== '', stoppedHidden: hideStopped };
    for (const [key, value] of Object.entries(keys)) {
      if ((this.#told[key] ?? false) !== value)
        void vscode.commands.executeCommand('setContext', `${this.view}.${key}`, value);
    }
    this.#told = keys;
  }
}

/** Whether the choices may hide rows. */
export function hidesRows({ choices: { filter, hideStopped } }: Pick<ViewState, 'choices'>): boolean {
  return filter !== '' || hideStopped;
}

/** An older version may have kept something of another shape. */
function checked(kept: unknown): ViewChoices {
  const { filter, sort, hideStopped } = { ...initial, ...(typeof kept === 'object' ? kept : {}) } as Record<
    string,
    unknown
  >;
  return {
    filter: typeof filter === 'string' ? filter : initial.filter,
    sort: typeof sort === 'string' ? sort : initial.sort,
    hideStopped: hideStopped === true,
  };
}

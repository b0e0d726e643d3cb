import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { oneLine } from '../../base/visible';
import type { PanelParts } from './panel';
import type { Inspected } from './protocol';

export interface InspectorsParts extends Omit<PanelParts, 'open' | 'extension'> {
  readonly context: Pick<vscode.ExtensionContext, 'extensionUri'>;
}

const viewType = 'quayside.inspector';

/** The open inspectors, one for each object. What makes their content is a bundle, loaded with the first of them. */
export class Inspectors implements Disposable, vscode.WebviewPanelSerializer {
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);

  constructor(private readonly parts: InspectorsParts) {}

  /** Shows an object's inspector. Opens one if there is none. */
  async open(inspected: Inspected): Promise<void> {
    const open = this.#panels.get(keyOf(inspected));
    if (open) {
      open.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(viewType, oneLine(inspected.name), vscode.ViewColumn.Active);
    this.#keep(panel, inspected);
    const { inspectIn } = await import('.');
    await inspectIn(panel, inspected, this.#panelParts);
  }

  /** VS Code calls this for each panel after a reload, with the state that its page kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { inspectIn, readInspected, readShownTab } = await import('.');
    const inspected = readInspected(state);
    if (!inspected || this.#panels.has(keyOf(inspected))) {
      panel.dispose();
      return;
    }
    this.#keep(panel, inspected);
    await inspectIn(panel, inspected, this.#panelParts, readShownTab(state));
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  get #panelParts(): PanelParts {
    const { context, session, log } = this.parts;
    return { session, log, extension: context.extensionUri, open: inspected => this.open(inspected) };
  }

  #keep(panel: vscode.WebviewPanel, inspected: Inspected): void {
    const key = keyOf(inspected);
    this.#panels.set(key, panel);
    panel.onDidDispose(() => this.#panels.delete(key));
  }
}

function keyOf({ kind, id, engine }: Inspected): string {
  return JSON.stringify([engine.id, kind, id]);
}

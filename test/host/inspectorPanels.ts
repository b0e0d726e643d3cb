import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Head, HostMessage, PageMessage, TabContent, TabName } from '../../src/ui/inspector/protocol';
import { replaceIn } from './person';
import { until } from './setup';

/** A panel of the inspector, with a test in the place of its page. */
export class DrivenPanel {
  readonly messages: HostMessage[] = [];
  readonly #send = new vscode.EventEmitter<unknown>();
  disposed = false;

  constructor(readonly panel: vscode.WebviewPanel) {
    panel.onDidDispose(() => (this.disposed = true));
    const { webview } = panel;
    replaceIn(webview, {
      onDidReceiveMessage: this.#send.event,
      postMessage: (message: HostMessage) => {
        this.messages.push(message);
        return Promise.resolve(true);
      },
    });
  }

  send(message: PageMessage): void {
    this.sendAnything(message);
  }

  sendAnything(message: unknown): void {
    this.#send.fire(message);
  }

  get head(): Head {
    const last = this.messages.findLast(message => message.type === 'head');
    assert(last?.type === 'head', 'no head was sent');
    return last.head;
  }

  get notice(): string {
    return this.messages.some(({ type }) => type === 'head') ? (this.head.notice ?? '') : '';
  }

  /** What a tab shows, or the sentence that it has nothing to show. */
  shown(tab: TabName): TabContent | string | undefined {
    const last = this.messages.findLast(
      message =>
        (message.type === 'content' && message.content.tab === tab) ||
        (message.type === 'unavailable' && message.tab === tab),
    );
    if (last?.type === 'content') return last.content;
    return last?.type === 'unavailable' ? last.sentence : undefined;
  }

  /** Loads the page anew with a tab, and waits until that has something. */
  async show(tab: TabName): Promise<TabContent | string> {
    this.messages.length = 0;
    this.send({ type: 'ready', tab });
    await until(`the tab ${tab} shows something`, () => this.shown(tab));
    return this.shown(tab) ?? '';
  }

  /** A click on what the head offers. */
  act(title: string): void {
    const action = this.head.actions.find(offered => offered.title === title);
    assert(action, `${title} is not offered`);
    this.send({ type: 'act', action: action.id });
  }
}

/** The panels that are opened while work is done, each driven by the test. */
export async function panelsOpenedBy(work: () => Promise<unknown>): Promise<DrivenPanel[]> {
  const opened: DrivenPanel[] = [];
  const create = vscode.window.createWebviewPanel.bind(vscode.window);
  const restore = replaceIn(vscode.window, {
    createWebviewPanel: (...args: Parameters<typeof create>) => {
      const driven = new DrivenPanel(create(...args));
      opened.push(driven);
      return driven.panel;
    },
  });
  try {
    await work();
  } finally {
    restore();
  }
  return opened;
}

export async function panelOpenedBy(work: () => Promise<unknown>): Promise<DrivenPanel> {
  const [first, second] = await panelsOpenedBy(work);
  assert(first && !second, 'one panel is opened');
  return first;
}

/** The text of a fact of a tab's sections, its values side by side. */
export function factOf(content: TabContent | string | undefined, name: string): string | undefined {
  if (typeof content !== 'object' || !('sections' in content)) return undefined;
  const facts = content.sections.flatMap(section => ('facts' in section ? section.facts : []));
  return facts
    .find(fact => fact.name === name)
    ?.values.map(({ text }) => text)
    .join(' ');
}

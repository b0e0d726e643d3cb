import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Head, HostMessage, PageMessage, TabContent, TabName } from '../../../src/ui/inspector/protocol';
import { replaceIn } from '../person';
import { until } from '../setup';

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
    const last = this.messages.findLast(message => concerns(message, tab));
    if (last?.type === 'content') return last.content;
    return last?.type === 'unavailable' ? last.sentence : undefined;
  }

  /** Loads the page anew with a tab, and waits until that has something: from the document, or sent. */
  async show(tab: TabName): Promise<TabContent | string> {
    this.messages.splice(0, Infinity, ...documentMessages(this.panel));
    this.send({ type: 'ready', tab });
    await until(`the tab ${tab} shows something`, () => this.messages.some(message => concerns(message, tab)));
    return this.shown(tab) ?? '';
  }

  /** A click on what the head offers. */
  act(title: string): void {
    const action = this.head.actions.find(offered => offered.title === title);
    assert(action, `${title} is not offered`);
    this.send({ type: 'act', action: action.id });
  }
}

/** What a page begins with. */
function documentMessages({ webview }: vscode.WebviewPanel): HostMessage[] {
  const data = /<body data-messages="([^"]*)">/.exec(webview.html)?.[1] ?? '[]';
  return JSON.parse(data.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))) as HostMessage[];
}

/** Whether a message brings something to show in a tab. */
function concerns(message: HostMessage, tab: TabName): boolean {
  if (message.type === 'content') return message.content.tab === tab;
  if (message.type === 'unavailable') return message.tab === tab;
  return message.type === 'stats' && tab === 'stats';
}

/** The panels that are opened while work is done, each driven by the test. */
export function panelsOpenedBy(work: () => Promise<unknown>): Promise<DrivenPanel[]> {
  return openedBy(work, panel => new DrivenPanel(panel));
}

export async function panelOpenedBy(work: () => Promise<unknown>): Promise<DrivenPanel> {
  return only(await panelsOpenedBy(work));
}

/** Waits until the own page of the panel that work opens has something to show: in its document, or sent to it. */
export async function untilPageIsFilled(work: () => Promise<unknown>): Promise<void> {
  const page = only(await openedBy(work, countContents));
  await until('its page has something to show', () => page.contents > 0);
}

async function openedBy<T>(work: () => Promise<unknown>, use: (panel: vscode.WebviewPanel) => T): Promise<T[]> {
  const opened: T[] = [];
  const create = vscode.window.createWebviewPanel.bind(vscode.window);
  const restore = replaceIn(vscode.window, {
    createWebviewPanel: (...args: Parameters<typeof create>) => {
      const panel = create(...args);
      opened.push(use(panel));
      return panel;
    },
  });
  try {
    await work();
  } finally {
    restore();
  }
  return opened;
}

function only<T>([first, second]: readonly T[]): T {
  assert(first && !second, 'one panel is opened');
  return first;
}

function countContents(panel: vscode.WebviewPanel): { readonly contents: number } {
  let sent = 0;
  const { webview } = panel;
  const post = webview.postMessage.bind(webview);
  replaceIn(webview, {
    postMessage: (message: HostMessage) => {
      if (message.type === 'content') sent++;
      return post(message);
    },
  });
  return {
    get contents() {
      return sent + documentMessages(panel).filter(({ type }) => type === 'content').length;
    },
  };
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

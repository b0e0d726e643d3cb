import * as vscode from 'vscode';
import { oneLine } from '../../base/visible';
import { pageHtml, pageOptions } from '../webview/html';
import { Inspection, type InspectionParts, type Page } from './inspection';
import type { Inspected, TabName } from './protocol';

export interface PanelParts extends InspectionParts {
  /** Where the extension is. */
  readonly extension: vscode.Uri;
}

const longestTitle = 60;
/** How long the document waits for the engine's answer. VS Code lays out the panel meanwhile. */
const patienceMs = 150;

/** Fills a panel, and keeps it up to date until it is closed. The promise resolves when the panel has its document. */
export async function inspectIn(
  panel: vscode.WebviewPanel,
  inspected: Inspected,
  parts: PanelParts,
  tab?: TabName,
): Promise<void> {
  const inspection = new Inspection(inspected, pageOf(panel), parts, tab);
  const closed = new AbortController();
  panel.onDidDispose(() => closed.abort());
  follow(panel, inspection, parts);
  panel.webview.options = pageOptions(parts.extension);
  await inspection.fillDocument(patienceMs);
  if (!closed.signal.aborted) writeDocument(panel, inspection, parts);
}

function pageOf(panel: vscode.WebviewPanel): Page {
  return {
    get visible() {
      return panel.visible;
    },
    post: message => void panel.webview.postMessage(message),
    setTitle: title => {
      const shown = oneLine(title, longestTitle);
      if (panel.title !== shown) panel.title = shown;
    },
  };
}

/** VS Code unloads the page of a hidden panel, and loads its document again when it is back. */
function follow(panel: vscode.WebviewPanel, inspection: Inspection, parts: PanelParts): void {
  const subscriptions = vscode.Disposable.from(
    panel.webview.onDidReceiveMessage((message: unknown) => void inspection.handle(message)),
    panel.onDidChangeViewState(() => {
      inspection.setVisible(panel.visible);
      if (!panel.visible) writeDocument(panel, inspection, parts);
    }),
  );
  panel.onDidDispose(() => {
    subscriptions.dispose();
    inspection.dispose();
  });
}

function writeDocument({ webview }: vscode.WebviewPanel, { document }: Inspection, { extension }: PanelParts): void {
  webview.html = pageHtml(webview, { page: 'inspector', extension, messages: document });
}

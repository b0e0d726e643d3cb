import * as vscode from 'vscode';
import { oneLine } from '../../base/visible';
import { pageHtml, pageOptions } from '../webview/html';
import { Inspection, type InspectionParts } from './inspection';
import type { HostMessage, Inspected, TabName } from './protocol';

export interface PanelParts extends InspectionParts {
  /** Where the extension is. */
  readonly extension: vscode.Uri;
}

const longestTitle = 60;
/** How long the engine may take for the page to begin with its answer. VS Code makes room for the page meanwhile. */
const patienceMs = 150;

/** Fills a panel, which is done with the promise, and keeps what it shows until the panel is closed. `tab` is shown first. */
export async function inspectIn(
  panel: vscode.WebviewPanel,
  inspected: Inspected,
  parts: PanelParts,
  tab?: TabName,
): Promise<void> {
  const { webview } = panel;
  const inspection = new Inspection(
    inspected,
    {
      get visible() {
        return panel.visible;
      },
      post: message => void webview.postMessage(message),
      setTitle: title => {
        const shown = oneLine(title, longestTitle);
        if (panel.title !== shown) panel.title = shown;
      },
    },
    parts,
    tab,
  );
  let isClosed = false;
  const write = (messages: readonly HostMessage[]): void => {
    // What a hidden page begins with would be old when it is back: it is told then.
    if (!isClosed) webview.html = pageHtml(webview, parts.extension, panel.visible ? messages : []);
  };
  const subscriptions = vscode.Disposable.from(
    webview.onDidReceiveMessage((message: unknown) => void inspection.handle(message)),
    panel.onDidChangeViewState(() => {
      inspection.setVisible(panel.visible);
      if (!panel.visible) write([]);
    }),
  );
  panel.onDidDispose(() => {
    isClosed = true;
    subscriptions.dispose();
    inspection.dispose();
  });
  webview.options = pageOptions(parts.extension);
  write(await inspection.opening(patienceMs));
}

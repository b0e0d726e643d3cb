import * as vscode from 'vscode';
import { oneLine } from '../../base/visible';
import { Inspection, type InspectionParts } from './inspection';
import { pageHtml, pageOptions } from './page';
import type { Inspected } from './protocol';

const longestTitle = 60;

/** Fills a panel, and keeps what it shows until the panel is closed. */
export function inspectIn(
  panel: vscode.WebviewPanel,
  inspected: Inspected,
  parts: InspectionParts,
  extension: vscode.Uri,
): Inspection {
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
  );
  const subscriptions = vscode.Disposable.from(
    webview.onDidReceiveMessage((message: unknown) => void inspection.handle(message)),
    panel.onDidChangeViewState(() => inspection.setVisible(panel.visible)),
  );
  panel.onDidDispose(() => {
    subscriptions.dispose();
    inspection.dispose();
  });
  webview.options = pageOptions(extension);
  webview.html = pageHtml(webview, extension);
  return inspection;
}

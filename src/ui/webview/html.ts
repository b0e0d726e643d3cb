import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { HostMessage } from '../inspector/protocol';
import { dataOf } from './documentData';

/** The page runs its own script, and loads nothing but its own style and font. */
export function pageOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist')] };
}

/** The page's document: the messages that it begins with, and the way to its script and style. */
export function pageHtml(
  webview: Pick<vscode.Webview, 'asWebviewUri' | 'cspSource'>,
  extension: vscode.Uri,
  messages: readonly HostMessage[],
): string {
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', name)).toString();
  const nonce = randomBytes(18).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" nonce="${nonce}" src="${file('inspector.js')}"></script>
<link rel="stylesheet" href="${file('inspector.css')}">
<link rel="preload" as="font" type="font/ttf" href="${file('codicon.ttf')}" crossorigin>
<title>Quayside</title>
</head>
<body data-messages="${dataOf(messages)}">
</body>
</html>
`;
}

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { dataOf } from './documentData';

/** The page runs its own script, and loads nothing but its own style and font. */
export function pageOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist')] };
}

/** What the document of a page is made of. */
export interface PageDocument {
  /** The names of its script and style in `dist`, without their endings. */
  page: string;
  /** Where the extension is. */
  extension: vscode.Uri;
  messages: readonly unknown[];
}

/** The document of a page: its script, its style, and the messages that it begins with. */
export function pageHtml(
  webview: Pick<vscode.Webview, 'asWebviewUri' | 'cspSource'>,
  { page, extension, messages }: PageDocument,
): string {
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', name)).toString();
  const nonce = randomBytes(18).toString('base64');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(nonce, webview.cspSource)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" nonce="${nonce}" src="${file(`${page}.js`)}"></script>
<link rel="stylesheet" href="${file(`${page}.css`)}">
<link rel="preload" as="font" type="font/ttf" href="${file('codicon.ttf')}" crossorigin>
<title>Quayside</title>
</head>
<body data-messages="${dataOf(messages)}">
</body>
</html>
`;
}

function policyOf(nonce: string, source: string): string {
  return ["default-src 'none'", `script-src 'nonce-${nonce}'`, `style-src ${source}`, `font-src ${source}`].join('; ');
}

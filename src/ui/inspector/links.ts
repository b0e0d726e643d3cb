import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../failure';
import { quoted } from '../words';
import type { LinkTarget } from './ledger';
import type { Inspected } from './protocol';

/** Does what a click on a link is to do. `open` opens the inspector of an object. */
export async function follow(
  target: Exclude<LinkTarget, { kind: 'measure' }>,
  open: (object: Pick<Inspected, 'kind' | 'id' | 'name'>) => Promise<void>,
): Promise<void> {
  switch (target.kind) {
    case 'object':
      return open({ kind: target.object, id: target.id, name: target.name });
    case 'url':
      await vscode.env.openExternal(vscode.Uri.parse(target.url, true));
      return;
    case 'path':
      return openPath(target.path);
  }
}

/** Opens a file; shows a folder where folders are shown. The path is a claim of an engine or a label. */
async function openPath(path: string): Promise<void> {
  const kind = await kindOf(path);
  if (kind === undefined) throw new Failure(vscode.l10n.t('There is no {0} on this machine', quoted(path)));
  const uri = vscode.Uri.file(path);
  if (kind === 'file') await vscode.window.showTextDocument(uri);
  else if (vscode.workspace.getWorkspaceFolder(uri)) await vscode.commands.executeCommand('revealInExplorer', uri);
  else if (isDesktop()) await vscode.commands.executeCommand('revealFileInOS', uri);
  else await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
}

/** Names of network shares, which Windows would log in to, are not looked for. */
async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  if (path.includes('\0') || !isAbsolute(path) || /^[\\/]{2}/.test(path)) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return 'folder';
  return found?.isFile() ? 'file' : undefined;
}

function isDesktop(): boolean {
  return vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}

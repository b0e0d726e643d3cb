import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { errorCode } from '../../engine/errors';
import { Failure } from '../failure';
import { causeOf, quoted } from '../text';
import type { LinkTarget } from './handles';
import type { Inspected } from './protocol';

/** Follows a link. `open` opens the inspector of an object. */
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

/** Opens a file, and shows a folder in the explorer or its like. The path is what an engine or a label claims. */
async function openPath(path: string): Promise<void> {
  const kind = await kindOf(path);
  const uri = vscode.Uri.file(path);
  if (kind === 'file') await vscode.window.showTextDocument(uri);
  else if (vscode.workspace.getWorkspaceFolder(uri)) await vscode.commands.executeCommand('revealInExplorer', uri);
  else if (isDesktop()) await vscode.commands.executeCommand('revealFileInOS', uri);
  else await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
}

/** Does not look for network shares: Windows would log in to them. Fails with a Failure that says why. */
async function kindOf(path: string): Promise<'file' | 'folder'> {
  if (path.includes('\0') || !isAbsolute(path) || /^[\\/]{2}/.test(path))
    throw new Failure(vscode.l10n.t('{0} is no path of this machine', quoted(path)));
  const found = await stat(path).catch((error: unknown) => {
    throw new Failure(unknownText(path, error), { cause: error });
  });
  if (found.isDirectory()) return 'folder';
  if (found.isFile()) return 'file';
  throw new Failure(vscode.l10n.t('{0} is neither a file nor a folder', quoted(path)));
}

const absent = new Set(['ENOENT', 'ENOTDIR']);

/** A path that this user may not read, such as the engine's own folders, may still exist. */
function unknownText(path: string, error: unknown): string {
  return absent.has(errorCode(error))
    ? vscode.l10n.t('There is no {0} on this machine', quoted(path))
    : vscode.l10n.t('Could not open {0}: {1}', quoted(path), causeOf(error));
}

function isDesktop(): boolean {
  return vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}

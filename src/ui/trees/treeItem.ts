import * as vscode from 'vscode';
import { markdownText } from '../../base/markdown';
import { oneLine } from '../../base/visible';
import type { Look } from '../objects/look';

export function treeItem(
  id: string,
  look: Look,
  state: vscode.TreeItemCollapsibleState,
  node: unknown,
): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(look.label), state);
  item.id = id;
  item.description = oneLine(look.description);
  item.iconPath = new vscode.ThemeIcon(
    look.icon,
    look.color === undefined ? undefined : new vscode.ThemeColor(look.color),
  );
  item.contextValue = look.contextValue;
  if (look.tooltip !== undefined) item.tooltip = look.tooltip;
  if (look.spoken !== undefined) item.accessibilityInformation = { label: oneLine(look.spoken) };
  if (look.command) item.command = { ...look.command, arguments: [node] };
  return item;
}

/** Facts as a tooltip of two columns. Foreign text stays text: it makes no link, no markup and no icon. */
export function factsTooltip(title: string, facts: readonly (readonly [string, string])[]): vscode.MarkdownString {
  const lines = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `*${markdownText(name)}*:&nbsp;${markdownText(oneLine(value, 400))}`);
  return new vscode.MarkdownString(`**${markdownText(oneLine(title).trim())}**\n\n${lines.join('  \n')}`);
}

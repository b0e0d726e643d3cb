import * as vscode from 'vscode';
import { markdownText } from '../../../base/markdown';
import { oneLine } from '../../../base/visible';

/** How a row looks, before VS Code's item is made of it. Texts may be foreign. */
export interface Look {
  label: string;
  description: string;
  icon: string;
  /** A theme colour for the icon. */
  color?: string;
  /** Words for the menus' conditions. */
  contextValue: string;
  /** What a screen reader says, where label and description do not tell all. */
  spoken?: string;
  tooltip?: string;
  command?: { title: string; command: string };
}

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

/** Facts as a tooltip of two columns. Foreign text goes in as text only: no link, no markup, no icon comes of it. */
export function factsTooltip(title: string, facts: readonly (readonly [string, string])[]): vscode.MarkdownString {
  const lines = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `*${markdownText(name)}*:&nbsp;${markdownText(oneLine(value, 400))}`);
  return new vscode.MarkdownString(`**${markdownText(oneLine(title).trim())}**\n\n${lines.join('  \n')}`);
}

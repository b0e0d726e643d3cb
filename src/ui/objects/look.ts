/** How a row of a tree looks, before VS Code's item is made of it. Texts may be foreign. */
export interface Look {
  label: string;
  description: string;
  icon: string;
  /** A theme colour for the icon. */
  color?: string;
  /** The words that menus match in their `when`, e.g. `container running compose`. */
  contextValue: string;
  /** What a screen reader says, where label and description do not say all. */
  spoken?: string;
  tooltip?: string;
  command?: { title: string; command: string };
}

/** Joins those words for menus that apply. */
export function contextValue(...words: readonly (string | false | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}

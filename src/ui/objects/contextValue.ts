/** The set of words that menus match in their `when`: those that apply. */
export function contextValue(...words: readonly (string | false | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}

/** What is longer comes as messages, in characters: a document is read slower than they are. */
const longest = 400_000;

/**
 * Messages as the text of an attribute, in which nothing ends it, begins an element, or looks like an address to VS Code;
 * empty where they are too long.
 */
export function dataOf(messages: readonly unknown[]): string {
  const json = JSON.stringify(messages);
  return json.length > longest ? '' : json.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

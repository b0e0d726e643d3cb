/** More comes as messages, in characters: a browser reads a document slower than it reads them. */
const longest = 400_000;

/** The messages, or none of them where they are too long for a document. */
export function fittingDocument<T>(messages: readonly T[]): readonly T[] {
  return JSON.stringify(messages).length > longest ? [] : messages;
}

/** Messages as the text of an attribute, in which nothing ends it, begins an element, or looks like an address to VS Code. */
export function dataOf(messages: readonly unknown[]): string {
  return JSON.stringify(messages).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

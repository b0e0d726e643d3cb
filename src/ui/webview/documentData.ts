/** In characters. Longer messages are sent later: a browser is slower to read a document than a message. */
const longest = 400_000;

/** The messages, or none if they are too long for a document. */
export function fittingDocument<T>(messages: readonly T[]): readonly T[] {
  return JSON.stringify(messages).length > longest ? [] : messages;
}

/**
 * Messages as an attribute's text. Nothing in it ends the attribute, begins an element or looks to VS Code like an
 * address.
 */
export function dataOf(messages: readonly unknown[]): string {
  return JSON.stringify(messages).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

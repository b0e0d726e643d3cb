/**
 * Text as Markdown that shows just this text, without markup, links, entities or icons. All ASCII punctuation is
 * escaped, because an address becomes a link even without markup (`https://…`, `a@b.c`).
 */
export function markdownText(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

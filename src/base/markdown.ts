/**
 * Text as Markdown that shows just this text: no markup, link, entity or icon comes of it. Every sign of ASCII is escaped,
 * also where it would need no escape, because an address becomes a link without any markup (`https://…`, `a@b.c`).
 */
export function markdownText(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

/**
 * A word for a POSIX shell that gives back exactly `text`, whatever is in it. Single quotes leave nothing to be expanded.
 * Characters that steer a terminal when they are pasted, or that reorder or hide text, are written as the octal escapes
 * of their bytes within `$'…'`, which bash, zsh, ksh and POSIX 2024 read.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+:,./-][\w@%+:,./=-]*$/.test(text)) return text;
  if (!steering.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text
    .replace(/[\\']/g, String.raw`\$&`)
    .replaceAll('!', octal('!'))
    .replace(new RegExp(steering, 'gu'), octal);
  return `$'${escaped}'`;
}

/** A line of words for a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** The words of a line as a POSIX shell takes it apart: quotes and backslashes, but nothing that expands. */
export function splitWords(line: string): string[] {
  const words = line.matchAll(/(?:[^\s'"\\]|\\[^]|'[^']*(?:'|$)|"(?:[^"\\]|\\[^])*(?:"|$)|\\$)+/g);
  return [...words].map(([word]) => word.replace(/\\([^])|'([^']*)'?|"((?:[^"\\]|\\[^])*)"?/g, unquoted));
}

function unquoted(_all: string, escaped?: string, single?: string, double?: string): string {
  return (
    escaped ?? single ?? double?.replace(/\\([$`"\\\n])/g, (_pair, one: string) => (one === '\n' ? '' : one)) ?? ''
  );
}

/** Controls but the line feed, formats (bidi marks, zero widths), line and paragraph separators. */
const steering = /[\p{Zl}\p{Zp}\p{Cf}]|(?!\n)\p{Cc}/u;

function octal(character: string): string {
  return [...Buffer.from(character)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/**
 * A word that a POSIX shell reads as exactly `text`. In single quotes the shell expands nothing. Some characters
 * control a terminal when they are pasted, or reorder or hide text: these are written as octal escapes of their bytes
 * in `$'…'`, which bash, zsh, ksh and POSIX 2024 read.
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

/** A command line for a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** Splits a line into words as a POSIX shell does, with quotes and backslashes. Nothing is expanded. */
export function splitWords(line: string): string[] {
  const words = line.matchAll(/(?:[^\s'"\\]|\\[^]|'[^']*(?:'|$)|"(?:[^"\\]|\\[^])*(?:"|$)|\\$)+/g);
  return [...words].map(([word]) => word.replace(/\\([^])|'([^']*)'?|"((?:[^"\\]|\\[^])*)"?/g, unquoted));
}

function unquoted(_all: string, escaped?: string, single?: string, double?: string): string {
  return (
    escaped ?? single ?? double?.replace(/\\([$`"\\\n])/g, (_pair, one: string) => (one === '\n' ? '' : one)) ?? ''
  );
}

/**
 * Control characters except the line feed, format characters (bidi marks, zero widths), line and paragraph separators.
 */
const steering = /[\p{Zl}\p{Zp}\p{Cf}]|(?!\n)\p{Cc}/u;

function octal(character: string): string {
  return [...Buffer.from(character)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

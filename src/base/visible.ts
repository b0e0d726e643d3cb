/**
 * Foreign text (names, labels, the engine's sentences) as one line for messages, quick picks and rows. Characters that
 * would hide, reorder or break the line are replaced by visible signs. Text of more than `max` characters ends with an
 * ellipsis.
 */
export function oneLine(text: string, max = 200): string {
  const head = firstCharacters(text, max + 1);
  const cut = head.length > max;
  return (cut ? head.slice(0, max - 1) : head).map(visible).join('') + (cut ? '…' : '');
}

/** Puts an invisible character into `$(name)`, which labels would show as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', `$${wordJoiner}(`);
}

/** The same for `[label](link)`, which notifications, input boxes and picks would show as a link, even to a command. */
export function withoutMarkup(text: string): string {
  return withoutIcons(text).replaceAll('](', `]${wordJoiner}(`);
}

const wordJoiner = '\u2060';
/** Where the Unicode pictures of the control characters U+0000 to U+001F begin. */
const controlPictures = 0x2400;
const deletePicture = '␡';

/** Control and format characters (bidi marks, zero widths, tags), separators, lone surrogates, private use. */
const hidden =
  /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u;

function visible(character: string): string {
  if (!hidden.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(controlPictures + code);
  if (code === 0x7f) return deletePicture;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** Cuts before it splits, so that a label of a megabyte costs no more than what is shown of it. */
function firstCharacters(text: string, count: number): string[] {
  return Array.from(text.slice(0, count * 2)).slice(0, count);
}

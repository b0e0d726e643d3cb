/** The Unicode block of pictures for the controls U+0000 to U+001F. */
const controlPictures = 0x2400;
const deletePicture = '␡';

/** Controls, formats (bidi marks, zero widths, tags), line and paragraph separators, lone surrogates, private use. */
const hidden =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const hiddenButLayout = new RegExp(`(?![\\n\\t])${hidden.source}`, 'gu');

/** The length at which single lines are cut. */
const longestLine = 1_000;

/** Text on one line. Characters that would hide, reorder or break it are replaced by visible signs. */
export function visibleLine(text: string): string {
  if (text.length <= longestLine) return text.replace(hidden, sign);
  const head = Array.from(text.slice(0, 2 * longestLine + 2));
  if (head.length <= longestLine) return text.replace(hidden, sign);
  return `${head
    .slice(0, longestLine - 1)
    .join('')
    .replace(hidden, sign)}…`;
}

/** The same, but tabs stay and lines break where the text breaks them. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hiddenButLayout, sign);
}

/** The same in a JSON text, by JSON's own escapes. */
export function visibleJson(text: string): string {
  return text.replace(hidden, character =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(controlPictures + code);
  if (code === 0x7f) return deletePicture;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

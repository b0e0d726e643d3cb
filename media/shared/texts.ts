/** Translates one of the page's own words, by its English, and fills {0}, {1}, …; what the host has no translation of stays English. */
export type Translate = (english: string, ...values: readonly (string | number)[]) => string;

export function translator(texts: Readonly<Record<string, string>>): Translate {
  return (english, ...values) => {
    const text = Object.hasOwn(texts, english) ? (texts[english] ?? english) : english;
    return text.replace(/\{(\d+)\}/g, (_match, index: string) => String(values[Number(index)] ?? ''));
  };
}

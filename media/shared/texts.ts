/** Translates one of the page's own words and fills {0}, {1}, …. A word without a translation stays English. */
export type Translate = (english: string, ...values: readonly (string | number)[]) => string;

export function translator(texts: Readonly<Record<string, string>>): Translate {
  return (english, ...values) => {
    const text = Object.hasOwn(texts, english) ? (texts[english] ?? english) : english;
    return text.replace(/\{(\d+)\}/g, (_match, index: string) => String(values[Number(index)] ?? ''));
  };
}

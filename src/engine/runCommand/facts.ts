import { type Json, number, text, texts } from '../../base/read';

/** What a `docker run` command is made from, as the engine gives it. An image that no longer exists is `{}`. */
export interface RunFacts {
  readonly container: Json;
  readonly image: Json;
  readonly info: Json;
}

/** A flag and its value, as words. */
export type Flag = readonly string[];

/** A flag with a text; none when the text is empty or the default. */
export function textFlag(flag: string, value: unknown, byDefault: readonly string[] = []): Flag[] {
  const words = text(value);
  return words === '' || byDefault.includes(words) ? [] : [[flag, words]];
}

/** A flag with a number; none when the number is the default, or 0, which means that it is not set. */
export function numberFlag(flag: string, value: unknown, byDefault = 0): Flag[] {
  const amount = number(value);
  return amount === undefined || amount === 0 || amount === byDefault ? [] : [[flag, String(amount)]];
}

/** A flag for each text. */
export function textFlags(flag: string, values: unknown): Flag[] {
  return texts(values).map(value => [flag, value]);
}

/** A flag `key=value` for each entry. */
export function mapFlags(flag: string, values: Readonly<Record<string, string>>): Flag[] {
  return Object.entries(values).map(([key, value]) => [flag, `${key}=${value}`]);
}

export function switchFlag(flag: string, value: unknown): Flag[] {
  return value === true ? [[flag]] : [];
}

/** A command's words. The engine writes an empty entrypoint in several ways. */
export function words(value: unknown): string[] {
  const all = texts(value);
  return all.length === 1 && all[0] === '' ? [] : all;
}

export function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

/** One record of comma-separated values, as `--mount`, `--gpus` and `--network` read them. */
export function csv(fields: readonly string[]): string {
  return fields.map(field => (/[",\r\n]|^\s|^$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}

import type { Random } from '../support/random';

const strange: readonly (() => unknown)[] = [
  () => null,
  () => -0,
  () => 1e308,
  () => -1,
  () => Number.MAX_SAFE_INTEGER,
  () => '',
  () => '\u202e\u0000\u001b[2J<b>${env:HOME}</b>',
  () => 'x'.repeat(100_000),
  () => true,
  () => [],
  () => ({}),
  () => [[[[null]]]],
  () => nested(500),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,
  () => Array.from({ length: 2_000 }, (_, index) => index),
  () => ({ toString: 1, valueOf: 'x', length: -1, then: 'no' }),
];

/** A copy with some values, keys or elements replaced, dropped, doubled or moved. */
export function mutated(value: unknown, random: Random, rate = 0.08): unknown {
  if (random.chance(rate)) return random.pick(strange)?.();
  if (Array.isArray(value)) {
    const items = value.map(item => mutated(item, random, rate));
    if (random.chance(rate)) items.push(...items);
    if (random.chance(rate)) items.splice(random.below(items.length + 1), 1);
    return items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    mutatedKey(key, random, rate),
    mutated(item, random, rate),
  ]);
  return Object.fromEntries(entries.filter(() => !random.chance(rate / 2)));
}

function mutatedKey(key: string, random: Random, rate: number): string {
  return random.chance(rate / 2)
    ? (random.pick(['__proto__', 'constructor', 'toString', '', key.toLowerCase()]) ?? key)
    : key;
}

const deepText = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

/** JSON text with some characters replaced, dropped or cut off. */
export function spoilt(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const ways = [
    () => text.slice(0, at),
    () => `${text.slice(0, at)}${random.pick(['\u0000', '}', '"', ',', '[', '\\', 'é'])}${text.slice(at + 1)}`,
    () => text + text,
    () => '['.repeat(200_000),
    () => `[{"Id":"deep","Labels":{"a":${deepText}},"Names":${deepText}}]`,
    () => `${'[{"a":'.repeat(20_000)}1`,
    () => '<html>502 Bad Gateway</html>',
    () => `"${'x'.repeat(2_000_000)}"`,
  ];
  return random.pick(ways)?.() ?? text;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
  return value;
}

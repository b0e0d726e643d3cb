import { lazy } from './lazy';

/** A size as docker prints it: decimal units, four significant digits at most (go-units HumanSize). */
export function humanSize(bytes: number): string {
  const { value, unit } = scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']);
  return `${Number(value.toPrecision(value >= 1000 ? 4 : 3))}${unit}`;
}

/** An amount of memory as docker prints it: binary units, four significant digits (go-units BytesSize). */
export function memorySize(bytes: number): string {
  const { value, unit } = scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB']);
  return `${Number(value.toPrecision(4))}${unit}`;
}

function scaled(bytes: number, step: number, units: readonly string[]): { value: number; unit: string } {
  let value = bytes;
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit++;
  }
  return { value, unit: units[unit] ?? '' };
}

/** An id without its algorithm, in docker's short form of twelve digits. */
export function shortId(id: string): string {
  return id.replace(/^\w+:/, '').slice(0, 12);
}

/**
 * Fills each `${field}` of a template whose parts are separated by `·`. Parts that are empty then are left out. Unknown
 * fields are empty.
 */
export function fillTemplate(template: string, field: (name: string) => string): string {
  const parts = template.split('·').map(part =>
    part
      .replace(/\$\{([^}]*)\}/g, (_match, name: string) => field(name.trim()))
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return parts.filter(Boolean).join(' · ');
}

/** Made late: the first collator of a process loads the rules of the language, which takes some ten milliseconds. */
const collator = lazy(() => new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' }));

/** Orders names as people do: `web2` before `web10`, whatever their case. */
export function compareNames(a: string, b: string): number {
  return collator().compare(a, b);
}

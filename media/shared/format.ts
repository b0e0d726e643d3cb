/** A size in decimal units, as docker prints those of images and rates. */
export function byteText(bytes: number): string {
  return scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'], 3);
}

/** A size in binary units, as docker prints memory. */
export function memoryText(bytes: number): string {
  return scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'], 4);
}

function scaled(amount: number, step: number, units: readonly string[], digits: number): string {
  let value = amount;
  let unit = 0;
  while (Math.abs(value) >= step && unit < units.length - 1) {
    value /= step;
    unit++;
  }
  return `${Number(value.toPrecision(value >= 1000 ? 4 : digits))}${units[unit] ?? ''}`;
}

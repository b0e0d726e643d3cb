/** Milliseconds since the epoch with fractions: comparable with other processes of this machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

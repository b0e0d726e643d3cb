/**
 * The target of a terminal's hyperlink as it may be passed on: http and https only, or '' for the end of a link.
 * Undefined for anything else.
 */
export function allowedLink(target: string): string | undefined {
  if (target === '') return '';
  if (!/^https?:\/\//i.test(target)) return '';
  try {
    return new URL(target).href;
  } catch {
    return '';
  }
}

/** The target of a terminal's hyperlink if it is http or https; for any other, '', which ends a link. */
export function allowedLink(target: string): string {
  if (target === '') return '';
  if (!/^https?:\/\//i.test(target)) return '';
  try {
    return new URL(target).href;
  } catch {
    return '';
  }
}

/** Words for the menus' conditions. */
export function imageContextValue(reference: string, used: boolean): string {
  return ['image', reference ? 'tagged' : 'dangling', used && 'used'].filter(Boolean).join(' ');
}

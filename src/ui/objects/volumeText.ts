import type { Volume } from '../../engine/objects/volumes';

/** Words for the menus' conditions. */
export function volumeContextValue({ anonymous }: Volume, used: boolean): string {
  return ['volume', used && 'used', anonymous && 'anonymous'].filter(Boolean).join(' ');
}

import type { Network } from '../../engine/objects/networks';

/** Words for the menus' conditions. */
export function networkContextValue({ predefined }: Network, used: boolean): string {
  return ['network', predefined && 'predefined', used && 'used'].filter(Boolean).join(' ');
}

import type { Network } from '../../engine/objects/networks';
import { contextValue } from './look';

export function networkContextValue({ predefined }: Network, used: boolean): string {
  return contextValue('network', predefined && 'predefined', used && 'used');
}

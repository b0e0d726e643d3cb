import type { Volume } from '../../engine/objects/volumes';
import { contextValue } from './look';

export function volumeContextValue({ anonymous }: Volume, used: boolean): string {
  return contextValue('volume', used && 'used', anonymous && 'anonymous');
}

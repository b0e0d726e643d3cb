import { contextValue } from './look';

export function imageContextValue(reference: string, used: boolean): string {
  return contextValue('image', reference ? 'tagged' : 'dangling', used && 'used');
}

import type { Value } from '../../../src/ui/inspector/protocol';

/*
 * What the recorded messages share; their times are near a fixed moment.
 */

export const moment = Date.UTC(2026, 0, 31, 14, 0, 0);
export const id = '4f1c2a9be0d37a5588d2c6e1f09b3d47a61e5c20f8b94d7312ac0e6b5d98f143';
export const code = (text: string): Value => ({ text, code: true });
export const link = (text: string, number: number): Value => ({ text, link: number });

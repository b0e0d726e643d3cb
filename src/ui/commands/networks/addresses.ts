import { isIP } from 'node:net';

export function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** Whether a text is an address, a slash and a prefix length. */
export function isSubnet(text: string): boolean {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

import assert from 'node:assert/strict';
import { byteText, memoryText } from '../../../media/shared/format';
import { humanSize, memorySize } from '../../../src/base/format';

describe('Sizes', () => {
  const sizes: [bytes: number, decimal: string, binary: string][] = [
    [0, '0B', '0B'],
    [999, '999B', '999B'],
    [1_024, '1.02kB', '1KiB'],
    [184_000_000, '184MB', '175.5MiB'],
    [2 ** 29, '537MB', '512MiB'],
    [1_023 * 2 ** 20, '1.07GB', '1023MiB'],
    [1e18, '1EB', '888.2PiB'],
  ];
  for (const [bytes, decimal, binary] of sizes) {
    it(`of ${bytes} bytes are ${decimal} or ${binary}, in rows and on the page`, () => {
      assert.deepEqual([humanSize(bytes), memorySize(bytes)], [decimal, binary]);
      assert.deepEqual([byteText(bytes), memoryText(bytes)], [decimal, binary]);
    });
  }
});

import assert from 'node:assert/strict';
import { byteText, memoryText } from '../../../../media/inspector/format';
import { translator } from '../../../../media/inspector/texts';

describe('The words of the page', () => {
  const t = translator({ 'Copied {0}': '{0} kopiert' });

  it('are translated where there is a translation, and filled', () => {
    assert.equal(t('Copied {0}', 'PATH'), 'PATH kopiert');
    assert.equal(t('{1} of {0}', 3, 1), '1 of 3');
  });

  it('have no place for what a value looks like', () =>
    assert.equal(t('Copied {0}', '{0} $& {1}'), '{0} $& {1} kopiert'));

  it('are not what every object has', () => assert.equal(t('constructor'), 'constructor'));
});

describe('Sizes on the page', () => {
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
    it(`of ${bytes} bytes are ${decimal} or ${binary}`, () => {
      assert.deepEqual([byteText(bytes), memoryText(bytes)], [decimal, binary]);
    });
  }
});

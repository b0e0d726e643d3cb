import assert from 'node:assert/strict';
import { dataOf, fittingDocument } from '../../../../src/ui/webview/documentData';

describe('What a page’s document holds', () => {
  it('ends no attribute, begins no element and looks like no address', () => {
    const data = dataOf([{ text: `"'><script>&quot;` }]);
    assert.doesNotMatch(data, /["'<>]|&(?!#\d+;)/);
  });

  it('is left out where it is long', () => assert.deepEqual(fittingDocument(['x'.repeat(1_000_000)]), []));
});

import assert from 'node:assert/strict';
import { translator } from '../../../../media/shared/texts';

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

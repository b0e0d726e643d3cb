import assert from 'node:assert/strict';
import type * as LayersModule from '../../../../../../src/ui/inspector/tabs/image/layers';
import { l10n, loadUi } from '../../../vscodeStub';
import { source } from '../../models';

const { layersOf } = loadUi('inspector/tabs/image/layers', { l10n }) as typeof LayersModule;

describe('An image’s layers', () => {
  it('are told as docker history has them', () => {
    const entry = { id: '', created: 1_000, createdBy: 'RUN x', size: 5, tags: ['a:1'], comment: 'c' };
    assert.deepEqual(layersOf(source({}).handles, [entry]), [
      { created: 1_000, bytes: 5, instruction: { text: 'RUN x', code: true }, comment: 'c', tags: ['a:1'] },
    ]);
  });

  it('hide what looks secret in their instructions', () => {
    const { handles } = source({});
    const createdBy = 'ENV NPM_TOKEN=t0p';
    const [layer] = layersOf(handles, [{ id: '', created: 0, createdBy, size: 0, tags: [], comment: '' }]);
    assert.equal(layer?.instruction.text, 'ENV NPM_TOKEN=***');
    assert.equal(handles.heldOf(layer.instruction.secret ?? -1), createdBy);
  });
});

import assert from 'node:assert/strict';
import { withPerson } from '../person';
import { call, refusal } from '../setup';
import { imageNode, inspected, newImage, onlyBusybox } from './images';

describe('Commands on images', () => {
  beforeEach(onlyBusybox);
  after(onlyBusybox);

  describe('quayside.image.tag', () => {
    const tag = 'quayside.image.tag';

    it('gives the tag that a program gives or a person types', async () => {
      const id = await newImage('made');
      await call(tag, 'made', { reference: 'registry.example:5000/team/app:1.2' });
      await call(tag, id, { reference: 'untold' });
      const shown = await withPerson({ inputs: ['typed:2'] }, () => call(tag, imageNode(id, 'made:latest')));
      assert.deepEqual(shown.errors, []);
      assert.equal(shown.inputs[0]?.title, 'Tag “made:latest”');
      assert.deepEqual((await inspected('made'))?.RepoTags.sort(), [
        'made:latest',
        'registry.example:5000/team/app:1.2',
        'typed:2',
        'untold:latest',
      ]);
      await withPerson({}, () => call(tag, imageNode(id)));
      assert.equal((await inspected('made'))?.RepoTags.length, 4);
    });

    const refused: [reference: string, cause: string][] = [
      ['Upper', 'a repository is written registry/name, the name in small letters and digits'],
      ['a b', 'a repository is written registry/name, the name in small letters and digits'],
      ['$(touch x)', 'a repository is written registry/name, the name in small letters and digits'],
      ['app:-x', 'a tag has letters, digits and _ . - only'],
    ];
    for (const [reference, cause] of refused) {
      it(`refuses “${reference}”`, async () => {
        const id = await newImage('made');
        assert.equal(await refusal(call(tag, 'made', { reference })), `Could not tag “made:latest”: ${cause}`);
        const { inputs } = await withPerson({}, () => call(tag, imageNode(id, 'made:latest')));
        assert.equal(inputs[0]?.validate(reference), `A${cause.slice(1)}`);
        assert.deepEqual((await inspected(id))?.RepoTags, ['made:latest']);
      });
    }

    it('says what is not there', async () => {
      assert.equal(await refusal(call(tag, 'nothing', { reference: 'x' })), 'There is no image “nothing”');
    });
  });
});

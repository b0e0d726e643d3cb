import assert from 'node:assert/strict';
import { imageId, splitReference } from '../../../../../src/engine/objects/images/reference';

describe('An image’s reference', () => {
  it('writes ids with their algorithm', () => {
    assert.deepEqual(['', 'abc', 'sha256:abc'].map(imageId), ['', 'sha256:abc', 'sha256:abc']);
  });

  const references: [reference: string, repository: string, tag: string][] = [
    ['nginx', 'nginx', ''],
    ['nginx:1.27', 'nginx', '1.27'],
    ['host:5000/team/name', 'host:5000/team/name', ''],
    ['host:5000/team/name:tag', 'host:5000/team/name', 'tag'],
  ];
  for (const [reference, repository, tag] of references) {
    it(`splits ${reference}`, () => assert.deepEqual(splitReference(reference), { repository, tag }));
  }
});

import assert from 'node:assert/strict';
import { imageRow } from '../../../../../src/engine/objects/images/kind';

const now = 1_700_000_000_000;
/** Labels have no prototype; here only their content counts. */
const plain = (row: object): unknown => JSON.parse(JSON.stringify(row));

describe('imageRow', () => {
  it('reads what Docker lists', () => {
    const entry = {
      Id: 'sha256:i',
      ParentId: 'sha256:p',
      RepoTags: ['b:2', 'a:1'],
      RepoDigests: ['b@sha256:2', 'a@sha256:1'],
      Created: 1_700_000_000,
      Size: 42,
      Labels: { k: 'v' },
    };
    assert.deepEqual(plain(imageRow(entry)), {
      id: 'sha256:i',
      tags: ['a:1', 'b:2'],
      parent: 'sha256:p',
      digests: ['a@sha256:1', 'b@sha256:2'],
      created: now,
      size: 42,
      labels: { k: 'v' },
    });
  });

  for (const RepoTags of [null, [], ['<none>:<none>'], undefined]) {
    it(`takes an image with the tags ${JSON.stringify(RepoTags)} for dangling`, () => {
      const row = imageRow({ Id: 'i', RepoTags, RepoDigests: ['<none>@<none>'] });
      assert.deepEqual([row.tags, row.digests], [[], []]);
    });
  }
});

import assert from 'node:assert/strict';
import { findNamed } from '../../../../src/ui/objects/findNamed';

const web = { id: 'abc123', called: ['web', '/web'] };
const abc = { id: 'def456', called: ['abc', '/abc'] };
const image = { id: 'sha256:abd000', called: ['nginx:latest', 'nginx'] };
const volume = { id: 'data', called: ['data'] };
const all = [web, abc, image, volume];

describe('findNamed', () => {
  const cases: [text: string, found: readonly object[]][] = [
    ['web', [web]],
    ['/web', [web]],
    ['abc123', [web]],
    ['abc1', [web]],
    ['abc', [abc]],
    ['ab', [web, image]],
    ['sha256:abd', [image]],
    ['abd000', [image]],
    ['nginx', [image]],
    ['data', [volume]],
    ['dat', []],
    ['', []],
    ['nope', []],
    ['__proto__', []],
  ];
  for (const [text, found] of cases) {
    it(`finds ${found.length} for ${JSON.stringify(text)}`, () => {
      assert.deepEqual(findNamed(all, text), found);
    });
  }
});

import fc from 'fast-check';
import assert from 'node:assert/strict';
import { record } from '../../../src/base/read';
import { containerRow } from '../../../src/engine/objects/containers/row';
import { imageRow } from '../../../src/engine/objects/images/kind';
import { networkRow } from '../../../src/engine/objects/networks';
import { volumeRow } from '../../../src/engine/objects/volumes';

const now = 1_700_000_000_000;

describe('Rows of hostile answers', () => {
  const rows = {
    containerRow: (entry: unknown) => containerRow(record(entry), now),
    imageRow,
    networkRow: (entry: unknown) => networkRow(record(entry), 'docker'),
    volumeRow,
  };
  const keys = [
    ...['Id', 'Names', 'Image', 'ImageID', 'Command', 'Created', 'State', 'Status', 'Ports', 'Labels', 'Mounts'],
    ...[
      'NetworkSettings',
      'RepoTags',
      'RepoDigests',
      'Size',
      'Name',
      'Driver',
      'IPAM',
      'Options',
      'CreatedAt',
      'Scope',
    ],
  ];
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.anything(),
      fc.string(),
      fc.double(),
      fc.constantFrom('__proto__', 'running', 'Up 99999999999999999999 years', '<none>:<none>', null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys, '__proto__', 'Networks', 'Config', 'PrivatePort', 'IP'), tie('value')),
    ),
  }));
  const entry = fc.dictionary(fc.constantFrom(...keys), value);
  for (const [name, row] of Object.entries(rows)) {
    it(`${name} never throws, and its fields have the types that they should`, () => {
      const types = JSON.stringify(typesOf(row({})));
      fc.assert(
        fc.property(entry, hostile => {
          const made = row(hostile);
          assert.equal(JSON.stringify(typesOf(made)), types);
        }),
        { numRuns: 500 },
      );
    });
  }

  /** The types of the fields that are never undefined. */
  function typesOf(row: object): string[] {
    const fields = Object.entries(row).filter(([key]) => !['health', 'exitCode', 'since', 'compose'].includes(key));
    return fields.map(([key, field]) => `${key}: ${Array.isArray(field) ? 'array' : typeof field}`);
  }
});

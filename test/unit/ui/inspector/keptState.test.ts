import assert from 'node:assert/strict';
import { readInspected, readShownTab } from '../../../../src/ui/inspector/keptState';

describe('The state of a page that is restored', () => {
  const inspected = { kind: 'container', id: 'abc', name: 'web', engine: { id: 'url:x', name: 'here' } };

  it('tells what it was about', () => {
    assert.deepEqual(readInspected({ inspected, tab: 'raw', scroll: 5 }), inspected);
  });

  for (const [state, tab] of [
    [{ tab: 'raw' }, 'raw'],
    [{ tab: 'constructor' }, undefined],
    [{ tab: 5 }, undefined],
    [undefined, undefined],
  ] as const) {
    it(`tells the tab ${tab} where it is ${JSON.stringify(state)}`, () => assert.equal(readShownTab(state), tab));
  }

  const misfits: readonly unknown[] = [
    undefined,
    null,
    {},
    { inspected: null },
    { inspected: { ...inspected, kind: 'service' } },
    { inspected: { ...inspected, id: '' } },
    { inspected: { ...inspected, id: 5 } },
    { inspected: { ...inspected, engine: 'here' } },
    { inspected: { ...inspected, engine: { id: 'url:x' } } },
    [inspected],
  ];
  for (const state of misfits) {
    it(`tells nothing where it is ${JSON.stringify(state)}`, () => assert.equal(readInspected(state), undefined));
  }
});

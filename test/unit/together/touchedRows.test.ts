import assert from 'node:assert/strict';
import type { EngineEvent } from '../../../src/engine/connection/events';
import { containerKind } from '../../../src/engine/objects/containers/kind';
import { imageKind } from '../../../src/engine/objects/images/kind';
import { networkKind } from '../../../src/engine/objects/networks';
import { volumeKind } from '../../../src/engine/objects/volumes';
import { emptyView } from './emptyView';

describe('What an event touches', () => {
  const event = (type: EngineEvent['type'], action: string, id = 'x', attributes = {}): EngineEvent => ({
    type,
    action,
    id,
    attributes,
  });
  const kinds = { container: containerKind, image: imageKind, network: networkKind, volume: volumeKind };
  const cases: [kind: keyof typeof kinds, event: EngineEvent, touched: readonly string[] | 'all'][] = [
    ['container', event('container', 'start'), ['x']],
    ['container', event('container', 'destroy'), ['x']],
    ['container', event('container', 'prune', ''), []],
    ['container', event('network', 'connect', 'n', { container: 'x' }), ['x']],
    ['container', event('network', 'disconnect', 'x'), ['x']],
    ['container', event('network', 'create'), []],
    ['container', event('volume', 'create'), []],
    ['image', event('image', 'untag'), 'all'],
    ['image', event('container', 'commit'), 'all'],
    ['image', event('container', 'start'), []],
    ['network', event('network', 'create'), ['x']],
    ['network', event('network', 'prune', ''), 'all'],
    ['network', event('network', 'connect', 'x', { container: 'c' }), []],
    ['network', event('container', 'start'), []],
    ['volume', event('volume', 'create', 'data'), ['data']],
    ['volume', event('volume', 'prune', ''), 'all'],
    ['volume', event('volume', 'mount', 'data'), []],
    ['volume', event('volume', 'create', ''), []],
  ];
  for (const [kind, happened, touched] of cases) {
    it(`${happened.type} ${happened.action} of “${happened.id}” touches ${JSON.stringify(touched)} of the ${kind}s`, () => {
      assert.deepEqual(kinds[kind].touchedBy(happened, emptyView), touched);
    });
  }
});

import assert from 'node:assert/strict';
import { content, factsOf, rowsOf, source, user } from '../../models';

describe('A volume’s overview', () => {
  it('tells driver, place and users, and the size when it is known', () => {
    const json = { Name: 'data', Driver: 'local', Scope: 'local', Mountpoint: '/v/data', Options: { type: 'nfs' } };
    const mount = { type: 'volume', volume: 'data', source: '', readOnly: true };
    const users = [user({ mounts: [{ ...mount, destination: '/a' }] })];
    const from = source(json, { users });
    const { sections } = content('volume', 'overview', from);
    assert.deepEqual(factsOf(sections, 'Volume'), {
      Name: 'data',
      Driver: 'local',
      Scope: 'local',
      'Mount point': '/v/data [link]',
      Size: 'being measured [quiet]',
    });
    assert.deepEqual(rowsOf(sections, 'Containers'), [['web [link]', 'running [good]', '/a', 'read-only']]);
    assert.deepEqual(factsOf(sections, 'Options'), { type: 'nfs' });
    from.notes.set('size', '5MB');
    const facts = factsOf(content('volume', 'overview', from).sections, 'Volume');
    assert.equal(facts['Size'], '5MB | Measure Anew [link]');
  });
});

import assert from 'node:assert/strict';
import { content, source } from '../../models';

describe('A container’s environment', () => {
  it('keeps the order, and sends no value that looks secret', () => {
    const Env = ['PATH=/bin', 'API_KEY=abc', 'EMPTY=', 'BARE', 'A=b=c', 'DB=pg://ada:word@db/shop'];
    const from = source({ Config: { Env } });
    const { variables } = content('container', 'environment', from);
    assert.deepEqual(
      variables.map(({ name, value }) => [name, value.text]),
      [
        ['PATH', '/bin'],
        ['API_KEY', ''],
        ['EMPTY', ''],
        ['BARE', ''],
        ['A', 'b=c'],
        ['DB', 'pg://***@db/shop'],
      ],
    );
    assert.equal(from.handles.heldOf(variables[1]?.value.secret ?? -1), 'abc');
  });
});

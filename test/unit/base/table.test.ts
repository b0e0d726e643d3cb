import assert from 'node:assert/strict';
import { columns } from '../../../src/base/table';

describe('columns', () => {
  it('aligns all columns, and leaves no blanks at the ends of lines', () => {
    assert.equal(
      columns([
        ['A', 'SIZE', ''],
        ['long', '1'],
        ['😀', '22', 'x'],
      ]),
      'A     SIZE\nlong  1\n😀     22    x\n',
    );
  });
  it('makes nothing of nothing', () => {
    assert.equal(columns([]), '');
  });
});

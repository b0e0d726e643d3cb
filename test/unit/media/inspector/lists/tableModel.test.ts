import assert from 'node:assert/strict';
import { columnsOf, linesOf, sortRows } from '../../../../../media/inspector/lists/tableModel';

const rowsOf = (...cells: readonly string[]): { cells: string[]; number: number }[] =>
  cells.map((cell, number) => ({ cells: [cell], number }));
const sorted = (cells: readonly string[], descending = false): (string | undefined)[] => {
  const rows = rowsOf(...cells);
  return sortRows(rows, columnsOf(['C'], rows), { column: 'C', descending }).map(({ cells: [cell] }) => cell);
};

describe('columnsOf', () => {
  const numeric: [cells: string[], numeric: boolean][] = [
    [['1', '20', '-3'], true],
    [['0.5', '94.0', ''], true],
    [['1,234.5', '12%'], true],
    [['13:55:02'], false],
    [['1', 'x'], false],
    [['12 MiB'], false],
    [[], false],
  ];
  for (const [cells, expected] of numeric) {
    it(`takes ${JSON.stringify(cells)} as ${expected ? 'numbers' : 'text'}`, () => {
      assert.equal(columnsOf(['C'], rowsOf(...cells))[0]?.numeric, expected);
    });
  }

  it('makes a column as wide as its longest cell or its title, up to a limit', () => {
    const rows = [{ cells: ['x', 'a longer cell', 'y'.repeat(1_000)] }, { cells: ['xy'] }];
    assert.deepEqual(
      columnsOf(['TITLE', 'B', 'C'], rows).map(({ width }) => width),
      [10, 15, 30],
    );
  });

  it('knows nothing of cells without a title', () => assert.deepEqual(columnsOf([], rowsOf('x')), []));
});

describe('linesOf', () => {
  const columns = columnsOf(['PID', 'TTY', 'TIME'], [{ cells: ['12345', '?', '00:00:01'] }]); // 12, 8 and 16 wide

  it('puts cells with their titles one behind the other', () => {
    assert.deepEqual(
      [36, 35, 20, 16, 5].map(characters => linesOf(columns, characters)),
      [1, 2, 2, 3, 3],
    );
  });

  it('needs none for no cells', () => assert.equal(linesOf([], 40), 0));
});

describe('sortRows', () => {
  it('orders numbers by their value, nothing before all', () => {
    assert.deepEqual(sorted(['10', '9', '', '-2', '1,000']), ['', '-2', '9', '10', '1,000']);
    assert.deepEqual(sorted(['10', '9', '', '-2'], true), ['10', '9', '-2', '']);
    assert.deepEqual(sorted(['12.5%', '3%']), ['3%', '12.5%']);
  });

  it('orders times that passed and sizes by how much they are', () => {
    const elapsed = ['00:05', '10:00', '59:10', '01:00:00', '1-02:00:00', '11-00:00:00'];
    assert.deepEqual(sorted(elapsed.toReversed()), elapsed);
    const durations = ['0.5s', '59.125s', '1m1s', '1h0m2.5s'];
    assert.deepEqual(sorted(durations.toReversed()), durations);
    const sizes = ['0B', '900KiB', '1.2MiB', '1.5GiB'];
    assert.deepEqual(sorted(sizes.toReversed()), sizes);
    assert.deepEqual(sorted(['1.1MB/s', '999kB/s', '12B/s']), ['12B/s', '999kB/s', '1.1MB/s']);
  });

  it('orders text as people do', () => assert.deepEqual(sorted(['web10', 'Web2', 'api']), ['api', 'Web2', 'web10']));

  it('leaves rows that are equal in their order, from the beginning and from the end', () => {
    const rows = rowsOf('b', 'a', 'B', 'a');
    const numbers = (descending: boolean): number[] =>
      sortRows(rows, columnsOf(['C'], rows), { column: 'C', descending }).map(({ number }) => number);
    assert.deepEqual(numbers(false), [1, 3, 0, 2]);
    assert.deepEqual(numbers(true), [0, 2, 1, 3]);
  });

  it('leaves all as it came without an order, or with one by a column that is gone', () => {
    const rows = rowsOf('b', 'a');
    const columns = columnsOf(['C'], rows);
    assert.equal(sortRows(rows, columns, undefined), rows);
    assert.equal(sortRows(rows, columns, { column: 'PID', descending: true }), rows);
  });

  it('changes nothing of what it is given', () => {
    const rows = rowsOf('b', 'a');
    sortRows(rows, columnsOf(['C'], rows), { column: 'C', descending: false });
    assert.deepEqual(rows, rowsOf('b', 'a'));
  });
});

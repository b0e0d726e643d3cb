import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Emitter } from '../../../../src/base/event';
import { OpenRows } from '../../../../src/ui/trees/openRows';

interface Row {
  id: string;
}

describe('The open rows of a view', () => {
  const row = { id: 'a' };
  const expanded = new Emitter<{ element: Row }>();
  const collapsed = new Emitter<{ element: Row }>();
  const view = { visible: true, onDidExpandElement: expanded.event, onDidCollapseElement: collapsed.event };
  let changes: string[];
  let rows: OpenRows<Row>;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    view.visible = true;
    changes = [];
    rows = new OpenRows(view, {
      keyOf: ({ id }) => id,
      startsOpen: ({ id }) => id === 'group',
      onChange: ({ id }, open) => changes.push(`${id} ${open ? 'opens' : 'closes'}`),
    });
  });
  afterEach(() => {
    rows.dispose();
    mock.timers.reset();
  });

  it('follow what VS Code says, also of a row that was made anew', () => {
    expanded.fire({ element: row });
    assert.ok(rows.isOpen({ id: 'a' }));
    collapsed.fire({ element: { id: 'a' } });
    assert.equal(rows.isOpen(row), false);
    assert.deepEqual(changes, ['a opens', 'a closes']);
  });

  it('hold what starts open until it is closed', () => {
    assert.ok(rows.isOpen({ id: 'group' }));
    collapsed.fire({ element: { id: 'group' } });
    assert.equal(rows.isOpen({ id: 'group' }), false);
  });

  it('hold a row below which VS Code asks, though it said nothing', () => {
    rows.onAsk(row);
    rows.onAsk(row);
    assert.deepEqual(changes, ['a opens']);
  });

  it('lose a row that was drawn as open, when VS Code does not ask what is below it', () => {
    rows.onAsk(row);
    rows.onDraw(row);
    mock.timers.tick(1_999);
    assert.ok(rows.isOpen(row));
    mock.timers.tick(1);
    assert.deepEqual(changes, ['a opens', 'a closes']);
  });

  it('lose it also when it is drawn again and again meanwhile', () => {
    rows.onAsk(row);
    for (let count = 0; count < 5; count++) {
      rows.onDraw(row);
      mock.timers.tick(500);
    }
    assert.deepEqual(changes, ['a opens', 'a closes']);
  });

  it('give each row its time, however soon another one was drawn before it', () => {
    rows.onAsk(row);
    rows.onDraw({ id: 'group' });
    mock.timers.tick(1_500);
    rows.onDraw(row);
    mock.timers.tick(600);
    assert.deepEqual(changes, ['a opens', 'group closes']);
    rows.onAsk(row);
    mock.timers.tick(5_000);
    assert.ok(rows.isOpen(row));
  });

  it('keep a row that VS Code asks about after it was drawn, and one that nobody sees', () => {
    rows.onAsk(row);
    rows.onDraw(row);
    rows.onAsk(row);
    mock.timers.tick(5_000);
    rows.onDraw(row);
    view.visible = false;
    mock.timers.tick(5_000);
    assert.deepEqual(changes, ['a opens']);
  });
});

import assert from 'node:assert/strict';
import type { Disposable } from '../../../../../src/base/disposable';
import { Emitter } from '../../../../../src/base/event';
import type { CurrentSession } from '../../../../../src/ui/session/session';
import { endLeftProcesses } from '../../../../../src/ui/terminals/processes/leftProcesses';

describe('Processes that terminals left running', () => {
  it('are ended on a connected engine, and again when a paused container continues', () => {
    const rows = new Emitter<{ changed: { before: { state: string }; after: { state: string } }[] }>();
    const states = new Emitter<void>();
    const engine = { endpoint: { url: 'unix:///engine' } };
    const connection = { state: { kind: 'connecting', engine }, onDidChangeState: states.event };
    const mirror = { onDidChangeRows: () => rows.event };
    const current = { current: { connection, mirror }, onDidChange: (): Disposable => ({ dispose: () => undefined }) };
    const asked: unknown[] = [];
    const processes = { endLeft: (on: unknown) => Promise.resolve(void asked.push(on)) };
    const ending = endLeftProcesses(current as unknown as CurrentSession, processes);
    const change = (before: string, after: string): void =>
      rows.fire({ changed: [{ before: { state: before }, after: { state: after } }] });
    change('paused', 'running');
    assert.deepEqual(asked, []);
    connection.state.kind = 'connected';
    states.fire();
    change('running', 'paused');
    assert.deepEqual(asked, [engine]);
    change('paused', 'running');
    assert.deepEqual(asked, [engine, engine]);
    ending.dispose();
    change('paused', 'running');
    assert.equal(asked.length, 2);
  });
});

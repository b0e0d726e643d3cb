import assert from 'node:assert/strict';
import { delay } from '../../../../../src/base/abort';
import { containerEntry, event, sendJson } from '../../../../support/engines/fakeEngine';
import { until } from '../../../../support/until';
import { mirrorUnderTest } from '../mirrors';

describe('Mirror', () => {
  const on = mirrorUnderTest();

  for (const how of ['ends as if all were well', 'breaks'] as const) {
    it(`lists again when the stream ${how}, and tells what differs, also what vanished`, async () => {
      on.begin();
      await on.mirror.whenReady();
      on.changes.length = 0;
      on.fake.containers = [containerEntry('a', { Names: ['/z'] }), containerEntry('c')];
      on.fake.volumes = [];
      if (how === 'breaks') on.fake.breakSockets();
      else on.fake.endStreams();
      await until(
        'it is listed again',
        () => on.states.includes('ready') && on.mirror.state === 'ready' && on.changes.length > 0,
      );
      await until('all is told', () => on.changes.length === 4);
      assert.deepEqual(on.changes.sort(), ['container +c', 'container -b', 'container a→z', 'volume -v']);
      assert.deepEqual(on.states, ['ready', 'stale', 'ready']);
      assert.equal(on.fake.to('/events').length, 2);
    });
  }

  it('is stale as soon as the stream is gone, and never says that it is ready meanwhile', async () => {
    on.begin();
    await on.mirror.whenReady();
    await on.fake.stop();
    await on.state('stale');
    assert.deepEqual(on.names(), ['a', 'b']);
    await on.fake.start();
    await on.state('ready');
  });

  it('reads on when a list fails', async () => {
    on.begin();
    await on.mirror.whenReady();
    let failures = 3;
    on.fake.answers.set('/containers/json', (_, response) => {
      if (--failures === 0) on.fake.answers.delete('/containers/json');
      sendJson(response, 500, { message: 'not now' });
    });
    on.fake.containers = [containerEntry('c')];
    on.fake.emit(event('container', 'create', 'c'));
    await until('the rows are right', () => on.names().join() === 'c' && on.mirror.state === 'ready');
  });

  it('keeps the rows of an engine that is away for a while, then forgets them, and lists it as if it were new', async () => {
    on.begin({ keepRows: 150 });
    await on.mirror.whenReady();
    on.changes.length = 0;
    const left = performance.now();
    await on.fake.stop();
    await on.state('stale');
    assert.deepEqual(on.names(), ['a', 'b']);
    await on.state('loading');
    const kept = performance.now() - left;
    assert.ok(kept >= 140, `${kept} ms`);
    assert.deepEqual(on.names(), []);
    assert.ok(on.changes.includes('container -a'));
    on.changes.length = 0;
    await on.fake.start();
    await on.state('ready');
    assert.ok(on.changes.includes('container +a'));
  });

  it('keeps the rows when the engine is back in time', async () => {
    on.begin({ keepRows: 300 });
    await on.mirror.whenReady();
    on.changes.length = 0;
    for (let round = 0; round < 3; round++) {
      await on.fake.stop();
      await on.state('stale');
      await delay(120);
      await on.fake.start();
      await on.state('ready');
    }
    assert.deepEqual(on.changes, []);
    assert.ok(!on.states.includes('loading'));
  });

  it('is stale while a watched engine hangs, and ready again at once, with what it missed', async () => {
    on.begin();
    await on.mirror.whenReady();
    const watching = on.connection.watch();
    on.fake.hang();
    await on.state('stale');
    on.fake.containers = [containerEntry('c')];
    on.fake.emit(event('container', 'create', 'c'));
    on.fake.emit(event('container', 'destroy', 'a'));
    on.fake.emit(event('container', 'destroy', 'b'));
    const resumed = performance.now();
    on.fake.resume();
    await on.state('ready');
    await until('the rows are right', () => on.names().join() === 'c');
    assert.ok(performance.now() - resumed < 300);
    assert.equal(on.fake.to('/events').length, 1);
    watching.dispose();
  });

  it('forgets the rows of an engine that hangs for long, and lists it anew when it answers', async () => {
    on.begin({ keepRows: 100 });
    await on.mirror.whenReady();
    const watching = on.connection.watch();
    on.fake.hang();
    await on.state('loading');
    assert.deepEqual(on.names(), []);
    on.fake.resume();
    await on.state('ready');
    assert.deepEqual(on.names(), ['a', 'b']);
    assert.equal(on.fake.to('/events').length, 2);
    watching.dispose();
  });

  it('is not ready before an engine that hung while it was listed has told everything', async () => {
    let answer: (() => void) | undefined;
    on.fake.answers.set('/images/json', (_, response) => (answer = () => sendJson(response, 200, on.fake.images)));
    on.begin();
    const watching = on.connection.watch();
    await until('the lists are asked', () => answer);
    on.fake.hang();
    await until('it hangs', () => on.connection.state.kind === 'unreachable');
    on.fake.resume();
    await until('it is connected', () => on.connection.state.kind === 'connected');
    assert.equal(on.mirror.state, 'loading');
    answer?.();
    await on.mirror.whenReady();
    watching.dispose();
  });
});

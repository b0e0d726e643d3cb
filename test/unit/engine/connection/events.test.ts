import fc from 'fast-check';
import assert from 'node:assert/strict';
import { type EngineEvent, openEvents, parseEvent } from '../../../../src/engine/connection/events';
import { type EngineError, isEngineError } from '../../../../src/engine/errors';
import { eventsOf, kinds } from '../../../../src/engine/mirror/kinds';
import { event, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { sentenceOf } from '../../../support/sentence';
import { until } from '../../../support/until';

const sources = eventsOf(kinds);
const actor = (id: string, attributes: Record<string, string> = {}): object => ({ ID: id, Attributes: attributes });

describe('parseEvent', () => {
  const cases: [name: string, message: unknown, type: EngineEvent['type'], action: string, id: string][] = [
    [
      'a start as API 1.41 tells it',
      {
        status: 'start',
        id: 'c1',
        from: 'busybox',
        Type: 'container',
        Action: 'start',
        Actor: actor('c1'),
        scope: 'local',
      },
      'container',
      'start',
      'c1',
    ],
    [
      'a death as API 1.51 tells it',
      { status: 'die', id: 'c1', Type: 'container', Action: 'die', Actor: actor('c1', { execDuration: '3' }) },
      'container',
      'die',
      'c1',
    ],
    [
      'a start as API 1.52 tells it, without status, id and from',
      { Type: 'container', Action: 'start', Actor: actor('c1'), scope: 'local', time: 1, timeNano: 1 },
      'container',
      'start',
      'c1',
    ],
    [
      'a health state',
      { Type: 'container', Action: 'health_status: healthy', Actor: actor('c') },
      'container',
      'health_status',
      'c',
    ],
    [
      'an exec with its command',
      { Type: 'container', Action: 'exec_start: sh -c "a:b"', Actor: actor('c') },
      'container',
      'exec_start',
      'c',
    ],
    ['a prune, which names no object', { Type: 'image', Action: 'prune', Actor: actor('') }, 'image', 'prune', ''],
    [
      'a volume, whose id is its name',
      { Type: 'volume', Action: 'destroy', Actor: actor('data') },
      'volume',
      'destroy',
      'data',
    ],
    ['a network', { Type: 'network', Action: 'create', Actor: actor('n1') }, 'network', 'create', 'n1'],
    ['Podman’s died', { Type: 'container', Action: 'died', Actor: actor('c') }, 'container', 'die', 'c'],
    [
      'Podman’s remove of a container',
      { Type: 'container', Action: 'remove', Actor: actor('c') },
      'container',
      'destroy',
      'c',
    ],
    ['Podman’s remove of an image', { Type: 'image', Action: 'remove', Actor: actor('i') }, 'image', 'delete', 'i'],
    ['Podman’s load', { Type: 'image', Action: 'loadfromarchive', Actor: actor('i') }, 'image', 'load', 'i'],
    [
      'Podman’s volume without id',
      { Type: 'volume', Action: 'create', Actor: actor('', { name: 'v' }) },
      'volume',
      'create',
      'v',
    ],
    [
      'Podman’s remove of a volume',
      { Type: 'volume', Action: 'remove', Actor: actor('', { name: 'v' }) },
      'volume',
      'destroy',
      'v',
    ],
  ];
  for (const [name, message, type, action, id] of cases) {
    it(`reads ${name}`, () => {
      const read = parseEvent(message, sources);
      assert.deepEqual({ type: read?.type, action: read?.action, id: read?.id }, { type, action, id });
    });
  }

  it('keeps the attributes that are text', () => {
    const message = { Type: 'container', Action: 'die', Actor: { ID: 'c', Attributes: { exitCode: '3', odd: 3 } } };
    assert.deepEqual(Object.entries(parseEvent(message, sources)?.attributes ?? {}), [['exitCode', '3']]);
  });

  it('ignores what no row depends on', () => {
    for (const Type of ['daemon', 'service', 'node', 'secret', 'config', 'plugin', 'builder', '', undefined, 1]) {
      assert.equal(parseEvent({ Type, Action: 'update', Actor: actor('x') }, sources), undefined);
    }
  });

  it('never throws, and gives text only', () => {
    const message = fc.record({
      Type: fc.constantFrom('container', 'image', 'network', 'volume'),
      Action: fc.anything(),
      Actor: fc.anything(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), message), value => {
        const read = parseEvent(value, sources);
        if (read) assert.ok(typeof read.action === 'string' && typeof read.id === 'string');
      }),
    );
  });
});

describe('openEvents', () => {
  let fake: FakeEngine;
  beforeEach(async () => void (fake = await new FakeEngine().start()));
  afterEach(() => fake.dispose());

  const open = async (): Promise<{ seen: string[]; ended: Promise<EngineError>; abort: AbortController }> => {
    const abort = new AbortController();
    const seen: string[] = [];
    const onEvent = ({ type, action, id }: EngineEvent): void => void seen.push(`${type} ${action} ${id}`);
    const onGap = (): void => void seen.push('gap');
    const { ended } = await openEvents(fake.engine(), sources, { onEvent, onGap }, abort.signal);
    return { seen, ended, abort };
  };

  it('asks for what changes rows, and for no exec, of which every health probe makes three', async () => {
    const { abort } = await open();
    const filters = fake.to('/events')[0]?.filters ?? {};
    assert.deepEqual(filters['type'], ['container', 'image', 'network', 'volume']);
    for (const action of [
      'start',
      'die',
      'died',
      'rename',
      'health_status',
      'tag',
      'remove',
      'destroy',
      'connect',
      'push',
    ]) {
      assert.ok(filters['event']?.includes(action), action);
    }
    assert.ok(!filters['event']?.some(action => /^(exec|top|attach|resize|mount|kill|archive)/.test(action)));
    abort.abort();
  });

  it('resolves before the first event comes, and tells the events in order, with a gap for garbage', async () => {
    const { seen, abort } = await open();
    fake.emit(event('container', 'create', 'a'));
    fake.emit('garbage\n{"half":');
    fake.emit('1}\n');
    fake.emit(event('volume', 'create', 'v'));
    await until('both are seen', () => seen.includes('volume create v'));
    assert.deepEqual(seen, ['container create a', 'gap', 'volume create v']);
    abort.abort();
  });

  it('ends with an error when the stream ends cleanly', async () => {
    const { ended } = await open();
    fake.endStreams();
    const error = await ended;
    assert.equal(error.kind, 'unreachable');
    assert.match(sentenceOf(error), /closed its event stream/);
  });

  it('ends with an error when the stream breaks', async () => {
    const { ended } = await open();
    fake.breakSockets();
    assert.equal((await ended).kind, 'unreachable');
  });

  it('ends as canceled when aborted, and closes its socket', async () => {
    const { ended, abort } = await open();
    abort.abort();
    assert.equal((await ended).kind, 'canceled');
    await until('the socket is closed', () => fake.sockets.size === 0);
  });

  it('rejects when the engine refuses', async () => {
    fake.answers.set('/events', (_, response) => sendJson(response, 500, { message: 'no events today' }));
    await assert.rejects(open(), error => isEngineError(error, 'failed') && error.message === 'no events today');
  });

  it('drops a line of more than a megabyte, and tells the gap', async () => {
    const { seen, abort } = await open();
    for (let count = 0; count < 5; count++) fake.emit('x'.repeat(512 * 1024));
    fake.emit('\n');
    fake.emit(event('container', 'create', 'a'));
    await until('both are seen', () => seen.length === 2);
    assert.deepEqual(seen, ['gap', 'container create a']);
    abort.abort();
  });

  it('loses nothing of ten thousand events in a burst', async () => {
    const { seen, abort } = await open();
    for (let count = 0; count < 10_000; count++) fake.emit(event('container', 'rename', `c${count}`));
    await until('all are seen', () => seen.length === 10_000);
    assert.equal(seen.at(-1), 'container rename c9999');
    abort.abort();
  });
});

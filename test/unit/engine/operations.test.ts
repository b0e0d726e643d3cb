import assert from 'node:assert/strict';
import { atLeast, compareVersions } from '../../../src/engine/connection/apiVersion';
import type { Engine } from '../../../src/engine/connection/engine';
import { pingTime } from '../../../src/engine/connection/identity';
import { type EngineErrorKind, isEngineError } from '../../../src/engine/errors';
import { changes } from '../../../src/engine/objects/containers/changes';
import * as containers from '../../../src/engine/objects/containers/operations';
import { top } from '../../../src/engine/objects/containers/top';
import { pull as pullImage, type PullProgress } from '../../../src/engine/objects/images/pull';
import { pruneReport } from '../../../src/engine/objects/prune';
import * as system from '../../../src/engine/objects/system';
import { FakeEngine, sendJson } from '../../support/engines/fakeEngine';
import { until } from '../../support/until';

const fails = (work: Promise<unknown>, kind: EngineErrorKind, message = /./): Promise<void> =>
  assert.rejects(work, error => isEngineError(error, kind) && message.test(error.message));

describe('Operations, on answers that a real engine seldom gives', () => {
  let fake: FakeEngine;
  let engine: Engine;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    engine = fake.engine();
  });
  afterEach(async () => {
    engine.client.close();
    await fake.dispose();
  });

  it('a ping of an engine that says nothing fails in time', async () => {
    fake.answers.set('/_ping', () => undefined);
    await fails(pingTime(engine.client, { deadline: 50 }), 'unreachable', /^no answer within 0\.05 s$/);
  });

  it('top divides what stands undivided, and fills up or joins what does not fit the titles', async () => {
    const tables: [unknown, string[], string[][]][] = [
      [
        { Titles: ['PID   USER     COMMAND'], Processes: [['1 root     sh -c a  b'], ['12345 www ps'], [''], 7] },
        ['PID', 'USER', 'COMMAND'],
        [
          ['1', 'root', 'sh -c a b'],
          ['12345', 'www', 'ps'],
          ['', '', ''],
          ['', '', ''],
        ],
      ],
      [
        { Titles: ['PID', 'CMD'], Processes: [['1', 'a', 'b  c'], ['2'], [3, 'x']] },
        ['PID', 'CMD'],
        [
          ['1', 'a b  c'],
          ['2', ''],
          ['x', ''],
        ],
      ],
      [{ Titles: ['CMD'], Processes: [['sh -c a']] }, ['CMD'], [['sh -c a']]],
      [{ Titles: null, Processes: null }, [], []],
      [{ Titles: [], Processes: [['1']] }, [], [[]]],
    ];
    for (const [answer, titles, rows] of tables) {
      fake.answers.set('/containers/a/top', (_, response) => sendJson(response, 200, answer));
      assert.deepEqual(await top(engine, 'a'), { titles, rows });
    }
    fake.answers.set('/containers/a/top', (_, response) => void response.writeHead(200).end());
    await fails(top(engine, 'a'), 'conflict', /not running/);
  });

  it('changes passes over what is none', async () => {
    const tables: [unknown, string[]][] = [
      [null, []],
      [{}, []],
      [
        [
          { Path: '/b', Kind: 2 },
          { Path: '/a', Kind: 0 },
          { Path: '/B', Kind: 1 },
        ],
        ['added /B', 'changed /a', 'deleted /b'],
      ],
      [
        [
          { Path: '/a', Kind: 3 },
          { Path: '/b' },
          { Path: '', Kind: 1 },
          { Path: '/c', Kind: -1 },
          { Path: 1, Kind: 1 },
          0,
        ],
        [],
      ],
    ];
    for (const [answer, expected] of tables) {
      fake.answers.set('/containers/a/changes', (_, response) => sendJson(response, 200, answer));
      assert.deepEqual(
        (await changes(engine, 'a')).map(({ kind, path }) => `${kind} ${path}`),
        expected,
      );
    }
  });

  describe('pull', () => {
    const answer = (lines: readonly string[], end: (response: { end(): void; destroy(): void }) => void): void => {
      fake.answers.set('/images/create', (_, response) => {
        response.writeHead(200);
        response.write(lines.map(line => `${line}\n`).join(''));
        setTimeout(() => end(response), 5);
      });
    };
    const pull = async (reference = 'a:1', signal?: AbortSignal): Promise<PullProgress[]> => {
      const seen: PullProgress[] = [];
      for await (const line of pullImage(engine, reference, { signal })) seen.push(line);
      return seen;
    };

    it('yields lines about layers and about the whole, and passes over what is not JSON', async () => {
      const lines = [
        '{"status":"Pulling from team/a","id":"1"}',
        'oops',
        '{"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"0123456789ab"}',
        '{"status":"Extracting","progressDetail":{},"id":"0123456789ab"}',
        '{"status":"Digest: sha256:x"}',
      ];
      answer(lines, response => response.end());
      const none = { current: undefined, total: undefined };
      assert.deepEqual(await pull(), [
        { layer: '', status: 'Pulling from team/a', ...none },
        { layer: '0123456789ab', status: 'Downloading', current: 1, total: 2 },
        { layer: '0123456789ab', status: 'Extracting', ...none },
        { layer: '', status: 'Digest: sha256:x', ...none },
      ]);
    });

    const failures: [name: string, line: string][] = [
      ['as all engines tell it', '{"errorDetail":{"message":"no space"},"error":"no space"}'],
      ['as new engines tell it', '{"errorDetail":{"message":"no space"}}'],
      ['as old engines tell it', '{"error":"no space"}'],
    ];
    for (const [name, line] of failures) {
      it(`fails for a failure within the stream, ${name}`, async () => {
        answer(['{"status":"Waiting"}', line, '{"status":"more"}'], response => response.end());
        await fails(pull(), 'failed', /^no space$/);
      });
    }

    it('fails when the connection is lost in its middle, and leaves open whether the image came', async () => {
      answer(['{"status":"Waiting"}'], response => response.destroy());
      await assert.rejects(pull(), error => isEngineError(error, 'unreachable') && error.answerLost);
    });

    it('is canceled by its signal, and closes its socket', async () => {
      answer(['{"status":"Waiting"}'], () => undefined);
      const abort = new AbortController();
      const pulling = pull('a:1', abort.signal);
      await until('it is asked', () => fake.to('/images/create').length);
      setTimeout(() => abort.abort(), 20);
      await fails(pulling, 'canceled');
      await until('the socket is closed', () => fake.sockets.size === 0);
    });

    it('closes its socket when its reader leaves the loop', async () => {
      answer(['{"status":"Waiting"}'], () => undefined);
      for await (const { status } of pullImage(engine, 'a:1')) if (status) break;
      await until('the socket is closed', () => fake.sockets.size === 0);
    });

    const references: [reference: string, query: Record<string, string>][] = [
      ['nginx', { fromImage: 'nginx', tag: 'latest' }],
      ['host:5000/team/a', { fromImage: 'host:5000/team/a', tag: 'latest' }],
      ['host:5000/team/a:1.2', { fromImage: 'host:5000/team/a', tag: '1.2' }],
      ['a@sha256:0', { fromImage: 'a@sha256:0' }],
    ];
    for (const [reference, query] of references) {
      it(`asks for ${reference} and never for all tags`, async () => {
        answer([], response => response.end());
        await pull(reference);
        assert.deepEqual(Object.fromEntries(fake.to('/images/create')[0]?.query ?? []), query);
      });
    }
  });

  describe('remove of a container', () => {
    const cases: [name: string, force: boolean, status: string | undefined, ok: boolean][] = [
      ['that runs', false, 'running', false],
      ['that is being removed', false, 'removing', true],
      ['that is gone when it is looked at', false, undefined, true],
      ['whose forced removal is under way', true, 'running', true],
    ];
    for (const [name, force, status, ok] of cases) {
      it(`${ok ? 'takes no offence at' : 'fails for'} a conflict about one ${name}`, async () => {
        fake.answers.set('/containers/c', (_, response) => sendJson(response, 409, { message: 'no' }));
        fake.answers.set('/containers/c/json', (_, response) =>
          sendJson(response, status === undefined ? 404 : 200, { State: { Status: status } }),
        );
        const removing = containers.remove(engine, 'c', { force });
        await (ok ? removing : fails(removing, 'conflict'));
      });
    }
  });

  it('wait fails when the engine tells no exit code', async () => {
    fake.answers.set('/containers/c/wait', (_, response) => sendJson(response, 200, {}));
    await fails(containers.wait(engine, 'c'), 'failed', /no exit code/);
  });

  const names = ['a/../b', 'a?b', 'a#b', 'ü', 'a b', '%2F'];
  for (const name of names) {
    it(`keeps the name “${name}” within its place in the path`, async () => {
      await containers.inspect(engine, name).catch(() => undefined);
      assert.equal(fake.requests[0]?.path, `/containers/${encodeURIComponent(name)}/json`);
    });
  }

  describe('diskUse', () => {
    const answer = {
      LayersSize: 100,
      Images: [
        { Size: 60, SharedSize: 20, Containers: 1 },
        { Size: 80, SharedSize: 20, Containers: 0 },
      ],
      Containers: [{ State: 'running', SizeRw: 5 }, { State: 'exited', SizeRw: 7 }, { State: 'created' }],
      Volumes: [
        { UsageData: { Size: 11, RefCount: 1 } },
        { UsageData: { Size: 13, RefCount: 0 } },
        { UsageData: { Size: -1, RefCount: -1 } },
      ],
      BuildCache: [
        { Size: 17, InUse: false, Shared: false },
        { Size: 19, InUse: true, Shared: false },
        { Size: 23, InUse: false, Shared: true },
      ],
    };

    it('sums what docker system df sums', async () => {
      fake.answers.set('/system/df', (_, response) => sendJson(response, 200, answer));
      assert.deepEqual(await system.diskUse(engine), {
        images: { count: 2, size: 100, reclaimable: 60 },
        containers: { count: 3, size: 12, reclaimable: 7 },
        volumes: { count: 3, size: 24, reclaimable: 13 },
        buildCache: { count: 2, size: 36, reclaimable: 17 },
      });
      assert.equal(fake.requests[0]?.query.get('type'), null);
    });

    it('asks newer engines for each type', async () => {
      fake.answers.set('/system/df', (_, response) => sendJson(response, 200, answer));
      await system.diskUse(fake.engine('1.42'));
      assert.ok(fake.requests[0]?.query.getAll('type').join().includes('build-cache'));
    });

    it('waits for the answer to another’s question where the engine gives one at a time', async () => {
      const busy = { message: 'a disk usage operation is already running' };
      fake.answers.set('/system/df', (_, response) =>
        fake.requests.length < 5 ? sendJson(response, 500, busy) : sendJson(response, 200, answer),
      );
      assert.equal((await system.diskUse(engine)).images.size, 100);
      assert.equal(fake.requests.length, 5);
    });

    it('ends its wait when it is canceled, and waits for no other failure', async () => {
      const abort = new AbortController();
      fake.answers.set('/system/df', (_, response) => {
        sendJson(response, 500, { message: 'a disk usage operation is already running' });
        abort.abort();
      });
      await assert.rejects(system.diskUse(engine, { signal: abort.signal }), { kind: 'canceled' });
      fake.answers.set('/system/df', (_, response) => sendJson(response, 409, { message: 'no disk' }));
      await assert.rejects(system.diskUse(engine), { message: 'no disk' });
    });

    it('is all zero where the engine tells nothing', async () => {
      fake.answers.set('/system/df', (_, response) => sendJson(response, 200, { Images: null }));
      const nothing = { count: 0, size: 0, reclaimable: 0 };
      const expected = { images: nothing, containers: nothing, volumes: nothing, buildCache: nothing };
      assert.deepEqual(await system.diskUse(engine), expected);
    });
  });
});

describe('pruneReport', () => {
  const cases: [name: string, answer: unknown, report: object][] = [
    ['ids', { Field: ['a', 'b'], SpaceReclaimed: 5 }, { removed: ['a', 'b'], reclaimed: 5 }],
    ['nothing', { Field: null, SpaceReclaimed: 0 }, { removed: [], reclaimed: 0 }],
    ['images', { Field: [{ Untagged: 'x' }, { Deleted: 'a' }], SpaceReclaimed: 5 }, { removed: ['a'], reclaimed: 5 }],
    [
      'Podman’s list',
      [
        { Id: 'a', Size: 2 },
        { Id: 'b', Size: 3 },
      ],
      { removed: ['a', 'b'], reclaimed: 5 },
    ],
    ['an answer without a body', undefined, { removed: [], reclaimed: 0 }],
  ];
  for (const [name, answer, report] of cases)
    it(`reads ${name}`, () => assert.deepEqual(pruneReport(answer, 'Field'), report));

  it('fails for what Podman could not remove', () => {
    assert.throws(() => pruneReport([{ Id: 'a' }, { Id: 'b', Err: 'in use' }], 'Field'), { message: 'in use' });
  });
});

describe('API versions', () => {
  it('are ordered by their numbers', () => {
    assert.ok(compareVersions('1.9', '1.41') < 0);
    assert.ok(compareVersions('2.0', '1.41') > 0);
    assert.equal(compareVersions('1.41', '1.41'), 0);
    assert.ok(atLeast('1.42', '1.42') && atLeast('1.100', '1.42') && !atLeast('1.41', '1.42'));
  });
});

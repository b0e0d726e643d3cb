import assert from 'node:assert/strict';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startEngine, type TestEngine } from '../../support/engines/engine';
import { type EngineProxy, startProxy } from '../../support/engines/proxy';
import { rawApi, runContainer } from '../../support/engines/rawEngine';
import { run } from '../../support/processes';
import { until } from '../../support/until';

describe('The engine proxy', () => {
  let engine: TestEngine;
  let proxy: EngineProxy;
  const throughProxy = (...args: string[]): Promise<string> => engine.docker('--host', proxy.host, ...args);

  before(async () => {
    engine = await startEngine();
    await engine.loadBusybox();
    proxy = await startProxy(engine.socket);
  });
  after(async () => {
    await proxy.dispose();
    await engine.dispose();
  });
  beforeEach(() => proxy.reset());

  it('lets calls through as they are and remembers them', async () => {
    const api = rawApi(proxy.socket);
    assert.deepEqual(await api('GET', '/version'), await engine.api('GET', '/version'));
    await assert.rejects(api('GET', '/containers/none/json'), { status: 404 });
    const [first, second] = proxy.requests;
    assert.equal(first?.method, 'GET');
    assert.equal(first.path, '/version');
    assert.ok(first.ended !== undefined && first.ended >= first.time);
    assert.equal(second?.path, '/containers/none/json');
  });

  it('lets upgraded connections through, with the end of the input', async () => {
    await runContainer(engine.api, { name: 'shell' });
    const args = ['--host', proxy.host, 'exec', '-i', 'shell', 'cat'];
    assert.equal(await engine.docker('--host', proxy.host, 'exec', 'shell', 'echo', 'hello'), 'hello\n');
    const echoed = await run('sh', [
      '-c',
      `printf '%s' "$1" | "$2" ${args.join(' ')}`,
      'sh',
      'a'.repeat(50_000),
      engine.client,
    ]);
    assert.equal(echoed.length, 50_000);
  });

  it('lets a stream of events through at once, cuts it, and notes its end', async () => {
    const { received, closed } = openEvents(proxy.socket);
    await until('the stream is open', () => proxy.requests.length === 1);
    await engine.docker('run', '--rm', 'busybox', 'true');
    await until('events have come', () => received().includes('"Action":"die"'));
    assert.equal(proxy.requests[0]?.ended, undefined);
    proxy.cut();
    await closed;
    await until('the end is noted', () => proxy.requests[0]?.ended);
  });

  it('hangs with sockets open and silent, and goes on where it was', async () => {
    proxy.hang(true);
    let answer: unknown;
    const call = rawApi(proxy.socket)('GET', '/_ping').then(text => (answer = text));
    await delay(300);
    assert.equal(answer, undefined);
    assert.equal(proxy.requests.length, 1);
    proxy.hang(false);
    assert.equal(await call, 'OK');
  });

  it('refuses connections and accepts them again', async () => {
    proxy.refuse();
    await assert.rejects(rawApi(proxy.socket)('GET', '/_ping'), { code: 'ENOENT' });
    await proxy.accept();
    assert.match(await throughProxy('version'), /Server:/);
  });
});

function openEvents(socketPath: string): { received: () => string; closed: Promise<unknown> } {
  let text = '';
  const closed = new Promise(resolve => {
    const call = request({ socketPath, path: '/events', agent: false }, answer => {
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('error', resolve);
    });
    call.on('error', resolve);
    call.end();
  });
  return { received: () => text, closed };
}

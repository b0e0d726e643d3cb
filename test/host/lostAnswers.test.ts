import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type FaultProxy, startFaultProxy } from '../support/engines/faultProxy';
import { withPerson } from './person';
import { call, containerIn, containerNode, emptyEngine, quayside, refusal, showing, stateOf, until } from './setup';

const socket = process.env['QUAYSIDE_TEST_SOCKET'] ?? '';

describe('When the engine’s answer to a command is lost', () => {
  let proxy: FaultProxy;
  const choose = async (endpoint: string): Promise<void> => {
    await vscode.workspace.getConfiguration('quayside').update('endpoint', endpoint, vscode.ConfigurationTarget.Global);
    const rows = await quayside();
    await until(`${endpoint} is connected`, () => endpoint === '' || rows.engine.endpoint === endpoint);
    await rows.whenReady();
  };

  before(async () => {
    await emptyEngine();
    proxy = await startFaultProxy(socket);
    await choose(proxy.host);
  });
  // An engine that was lost again and again is tried ever later, and what is stalled is never connected.
  beforeEach(async () => {
    await call('quayside.engine.retry');
    await (await quayside()).whenReady();
  });
  after(async () => {
    proxy.dispose();
    await choose('');
    await emptyEngine();
  });

  /** Does the work while each answer that begins is lost, for as long as the engine has not heard of the work. */
  const losing = async <R>(work: () => Promise<R>, path: RegExp): Promise<R> => {
    proxy.reset();
    proxy.afflict({ kind: 'swallow' });
    const working = work();
    await until('the engine has heard of it', () => proxy.requests.some(request => path.test(request.path)));
    await new Promise(resolve => setTimeout(resolve, 300));
    proxy.heal();
    return working;
  };
  const writes = (): number => proxy.requests.filter(({ method }) => method !== 'GET').length;

  it('a program’s call settles with what was done', async () => {
    const id = await containerIn('running', { name: 'lost-program' });
    await losing(() => call('quayside.container.stop', id), /\/stop/);
    assert.equal(await stateOf(id), 'exited');
    assert.equal(writes(), 1);
    await showing(id, 'exited');
    const made = await losing(() => call('quayside.volume.create', 'lost-volume'), /\/volumes\/create/);
    assert.equal(made, 'lost-volume');
    await losing(() => call('quayside.container.rename', id, { name: 'found-again' }), /\/rename/);
    assert.equal(writes(), 1);
    await losing(() => call('quayside.container.remove', id, { ask: false }), /\/containers\//);
    assert.equal(await stateOf(id), 'gone');
  });

  it('a person is told that it is done all the same', async () => {
    const id = await containerIn('running', { name: 'lost-person' });
    const shown = await losing(
      () => withPerson({}, () => call('quayside.container.pause', containerNode(id))),
      /\/pause/,
    );
    assert.deepEqual(shown.errors, []);
    assert.deepEqual(shown.notices, ['The connection was lost while the engine worked on “lost-person”; it is paused']);
    assert.equal(await stateOf(id), 'paused');
  });

  it('a prune is looked up by what was to go, and a person is told that it is gone', async () => {
    // One alone: the event of its removal is lost too, and the engine gives up a prune whose connection is.
    const id = await containerIn('created', { name: 'lost-one' });
    const shown = await losing(
      () => withPerson({ buttons: ['Remove'] }, () => call('quayside.container.prune')),
      /\/containers\/prune/,
    );
    assert.deepEqual(shown.errors, []);
    assert.match(
      shown.notices.join(),
      /^The connection was lost while the engine worked on 1 container; what was to go is gone$/,
    );
    assert.equal(await stateOf(id), 'gone');
    assert.equal(writes(), 1);
  });

  it('a pull says whether the image is there', async () => {
    proxy.reset();
    proxy.afflict({ kind: 'stall' });
    const refused = refusal(call('quayside.image.pull', 'registry.invalid/nothing:1'));
    await until('it is asked', () => proxy.requests.some(({ path }) => path.includes('/images/create')));
    proxy.refuse();
    proxy.heal();
    await proxy.accept();
    assert.equal(
      await refused,
      'Could not pull “registry.invalid/nothing:1”: the connection was lost, and it is not there',
    );
    assert.equal(writes(), 1);
  });

  it('a failure says how the object is when it was not done', async () => {
    const id = await containerIn('running', { name: 'lost-undone' });
    proxy.reset();
    proxy.afflict({ kind: 'stall' });
    const refused = refusal(call('quayside.container.pause', id));
    await until('it is asked', () => proxy.requests.some(({ path }) => path.includes('/pause')));
    proxy.refuse();
    proxy.heal();
    await proxy.accept();
    assert.equal(await refused, 'Could not pause “lost-undone”: the connection was lost, and it is running');
    assert.equal(await stateOf(id), 'running');
  });
});

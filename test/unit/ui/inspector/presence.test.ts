import assert from 'node:assert/strict';
import type http from 'node:http';
import { containerEntry, event, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';
import { done, inspectionUnderTest, path } from './inspections';

describe('What is inspected', () => {
  const on = inspectionUnderTest();

  it('says that it is gone where its figures are asked for, though nobody saw it go', async () => {
    on.fake.containers = [];
    on.fake.emit(event('container', 'destroy', 'web'));
    await until('it is gone', () => on.session.mirror.list('container').length === 0);
    on.fake.answers.set(path, (_, response) => sendJson(response, 404, { message: 'No such container: web' }));
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'stats' });
    await until('it says so', () => on.sentences().includes('“web” is not there any more.'));
    assert.equal(on.notice(), '“web” is not there any more.');
  });

  it('keeps what it was when it is removed, also what was asked for besides', async () => {
    const changesPath = '/containers/web/changes';
    on.fake.answers.set(changesPath, (_, response) => sendJson(response, 200, [{ Path: '/made', Kind: 1 }]));
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'changes' });
    await until('they are shown', () => on.contents().length === 1);
    const gone = (_: unknown, response: http.ServerResponse): void =>
      sendJson(response, 404, { message: 'No such container: web' });
    for (const asked of [path, changesPath]) on.fake.answers.set(asked, gone);
    on.fake.emit(event('container', 'destroy', 'web'));
    await until('it is asked for while its row is there', () => on.fake.to(path).length === 2);
    on.fake.containers = [];
    on.fake.emit(event('container', 'destroy', 'web'));
    await until('it says so', () => on.notice() !== undefined);
    assert.match(on.notice() ?? '', /^“web” was removed\. This is what it was at /);
    assert.deepEqual(on.sentences(), []);
    assert.equal(on.contents().length, 1);
    await inspection.handle({ type: 'show', tab: 'processes' });
    await until('what was never read says that it is gone', () => on.sentences().length > 0);
    assert.deepEqual(on.sentences(), ['“web” is not there any more.']);
    await inspection.handle({ type: 'show', tab: 'changes' });
    await until('they are still there', () => on.contents().length === 2);
    assert.deepEqual(on.contents()[1], on.contents()[0]);
  });

  it('is not said to be gone where its kind may not be listed any more, until the engine says so', async () => {
    on.fake.volumes = [{ Name: 'data' }];
    on.fake.answers.set('/volumes/data', (_, response) => sendJson(response, 200, { Name: 'data' }));
    on.fake.emit({ Type: 'volume', Action: 'create', Actor: { ID: 'data' } });
    await until('it is listed', () => on.session.mirror.get('volume', 'data'));
    const inspection = on.inspect(on.fake.endpoint, 'volume', { id: 'data', name: 'data' });
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.contents().length === 1);
    on.fake.answers.set('/volumes', (_, response) => sendJson(response, 403, { message: 'not allowed here' }));
    on.fake.emit({ Type: 'volume', Action: 'create', Actor: { ID: 'other' } });
    await until('there are no rows of it', () => on.session.mirror.list('volume').length === 0);
    await inspection.handle({ type: 'show', tab: 'raw' });
    await until('it is read on', () => on.contents().length === 2);
    assert.equal(on.notice(), undefined);
    on.fake.answers.set('/volumes/data', (_, response) => sendJson(response, 404, { message: 'no such volume' }));
    on.fake.emit({ Type: 'volume', Action: 'destroy', Actor: { ID: 'data' } });
    await until('it is gone', () => on.notice()?.startsWith('“data” was removed.'));
  });

  it('is found again by its new name', async () => {
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.contents().length === 1);
    on.fake.containers = [containerEntry('web', { Names: ['/shop'] })];
    on.fake.emit(event('container', 'rename', 'web'));
    await until('the new name is shown', () => on.head()?.head.name === 'shop');
    assert.equal(on.head()?.inspected?.name, 'shop');
    on.fake.containers = [containerEntry('other', { Names: ['/shop'] })];
    for (const [action, id] of [
      ['destroy', 'web'],
      ['create', 'other'],
    ] as const)
      on.fake.emit(event('container', action, id));
    await until('its successor is offered', () => on.head()?.head.actions.length === 1);
    assert.equal(on.head()?.inspected, undefined, 'it is called as before');
  });

  it('leads from an image to the one that has its tag now, also while both are there', async () => {
    const old = 'sha256:aaaaaaaaaaaa';
    on.fake.images = [{ Id: old, RepoTags: ['shop:1'] }];
    on.fake.emit(event('image', 'tag', old));
    await until('it is there', () => on.session.mirror.list('image').length === 1);
    const inspection = on.inspect(on.fake.endpoint, 'image', { id: old, name: 'shop:1' });
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.head()?.head.name === 'shop:1');
    assert.equal(on.notice(), undefined);

    on.fake.images = [{ Id: old, RepoTags: [] }];
    on.fake.emit(event('image', 'untag', old));
    await until('it has lost its tag', () => on.head()?.head.name === 'aaaaaaaaaaaa');
    on.fake.images = [
      { Id: old, RepoTags: [] },
      { Id: 'sha256:bb', RepoTags: ['shop:1'] },
    ];
    on.fake.emit(event('image', 'tag', 'sha256:bb'));
    await until('it says so', () => on.notice() === '“shop:1” is another image now.');
    const [successor] = on.head()?.head.actions ?? [];
    assert.equal(successor?.title, 'Open What Took Its Place');
    await inspection.handle({ type: 'act', action: successor.id });
    const { id, name } = on.fake.endpoint;
    assert.deepEqual(done, [{ kind: 'image', id: 'sha256:bb', name: 'shop:1', engine: { id, name } }]);

    on.fake.images = [{ Id: old, RepoTags: ['shop:old'] }];
    on.fake.emit(event('image', 'delete', 'sha256:bb'));
    await until('it is called otherwise', () => on.head()?.head.name === 'shop:old' && on.notice() === undefined);
    assert.equal(on.head()?.inspected?.name, 'shop:old');
  });

  it('says that it is of another engine, and reads nothing of that', async () => {
    const inspection = on.inspect({ id: 'context:far', name: 'far' });
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it says so', () => on.messages.some(({ type }) => type === 'unavailable'));
    assert.equal(on.notice(), 'This is of the engine “far”, which is not in use now.');
    assert.deepEqual(on.fake.to(path), []);
  });

  it('keeps what it shows while the engine is away or another is in use, and follows it when it is back', async () => {
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.contents().length === 1);
    const first = on.session;
    const other = await new FakeEngine().start();
    on.session = await on.sessionOf(other);
    on.changed.fire(on.session);
    await until('it says so', () => on.notice() !== undefined);
    assert.match(on.notice() ?? '', /^This is of the engine “.*”, which is not in use now\.$/);
    await inspection.handle({ type: 'show', tab: 'raw' });
    await until('the raw answer is still there', () => on.contents().length === 2);
    assert.deepEqual(other.to(path), []);
    on.session.dispose();
    await other.dispose();
    on.session = first;
    on.changed.fire(on.session);
    await until('it is back', () => on.notice() === undefined);
    await on.fake.stop();
    await until('it is away', () => on.notice()?.startsWith('The engine does not answer'));
  });
});

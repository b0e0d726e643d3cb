import assert from 'node:assert/strict';
import type http from 'node:http';
import { Emitter } from '../../../../src/base/event';
import type * as InspectionModule from '../../../../src/ui/inspector/inspection';
import type { HostMessage, Inspected, StatsSample, Value } from '../../../../src/ui/inspector/protocol';
import type { Session } from '../../../../src/ui/session/session';
import type * as SessionModule from '../../../../src/ui/session/session';
import { containerEntry, event, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { announcedSeed, Random } from '../../../support/random';
import { until } from '../../../support/until';
import { cgroup1 } from '../../engine/stats/messages';
import { l10n, loadAnew } from '../vscodeStub';

/** What was done outside of the panel. */
const done: unknown[] = [];
const vscode = {
  l10n,
  env: { clipboard: { writeText: (text: string) => Promise.resolve(void done.push(text)) } },
  commands: { executeCommand: (...args: unknown[]) => Promise.resolve(void done.push(args)) },
};
const { Session: SessionClass } = loadAnew([], 'session/session', vscode) as typeof SessionModule;
const parts = ['presence', 'object', 'head', 'tabs/container/stats', 'tabs/readings', 'tabs/shownTab', 'requests'].map(
  name => `inspector/${name}`,
);
const { Inspection } = loadAnew(parts, 'inspector/inspection', vscode) as typeof InspectionModule;

const path = '/containers/web/json';

type HeadMessage = Extract<HostMessage, { type: 'head' }>;

describe('What is inspected', () => {
  let fake: FakeEngine;
  let session: Session;
  let messages: HostMessage[] = [];
  let warnings: string[] = [];
  let opened: InstanceType<typeof Inspection> | undefined;
  const changed = new Emitter<Session>();
  const { now } = Date;
  /** By how many milliseconds the clock is put on. */
  let later = 0;

  before(() => void (Date.now = () => now() + later));
  after(() => void (Date.now = now));
  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.containers = [containerEntry('web')];
    fake.answers.set(path, (_, response) =>
      sendJson(response, 200, {
        Id: 'web',
        State: { Status: 'running', Running: true },
        Config: { Env: ['A_TOKEN=x'] },
      }),
    );
    session = await sessionOf(fake);
    messages = [];
    warnings = [];
    later = 0;
    done.length = 0;
  });
  afterEach(async () => {
    opened?.dispose();
    session.dispose();
    await fake.dispose();
  });

  const sessionOf = async (engine: FakeEngine): Promise<Session> => {
    const made = new SessionClass('', () => [engine.endpoint], { random: () => 0 });
    await made.mirror.whenReady();
    return made;
  };

  /** A page that shows the container, with the session of the moment. */
  const inspect = (
    engine: Inspected['engine'] = fake.endpoint,
    kind: Inspected['kind'] = 'container',
    { id, name } = { id: 'web', name: 'web' },
  ): InstanceType<typeof Inspection> => {
    const sessions = {
      get current() {
        return session;
      },
      onDidChange: changed.event,
    };
    const write = (): void => undefined;
    const log = {
      ...{ trace: write, debug: write, info: write, error: write, show: write, dispose: write },
      warn: (text: string) => void warnings.push(text),
    };
    const page = { visible: true, post: (message: HostMessage) => void messages.push(message), setTitle: write };
    const of = { id: engine.id, name: engine.name };
    opened = new Inspection({ kind, id, name, engine: of }, page, {
      session: sessions,
      log,
      manifest: {},
      open: object => Promise.resolve(void done.push(object)),
    });
    return opened;
  };

  const head = (): HeadMessage | undefined => messages.findLast(message => message.type === 'head');
  const notice = (): string | undefined => head()?.head.notice;
  const sentences = (): string[] =>
    messages.flatMap(message => (message.type === 'unavailable' ? [message.sentence] : []));
  const contents = (): HostMessage[] => messages.filter(({ type }) => type === 'content');

  it('is read once when it is opened, and again when something happens to it', async () => {
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => contents().length === 1);
    assert.deepEqual(
      messages.map(({ type }) => type),
      ['texts', 'head', 'content'],
    );
    assert.equal(fake.to(path).length, 1);
    for (const tab of ['environment', 'mounts', 'network', 'raw']) await inspection.handle({ type: 'show', tab });
    await until('the last is shown', () => contents().length === 5);
    assert.equal(fake.to(path).length, 1, 'one answer serves all');
    fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('it is read again', () => fake.to(path).length === 2);
  });

  it('is read while its page is loaded, and shown when that listens', async () => {
    const inspection = inspect();
    await until('it was asked for', () => fake.to(path).length === 1);
    fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('it is read again', () => fake.to(path).length === 2);
    assert.deepEqual(messages, []);
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => contents().length === 1);
    assert.equal(fake.to(path).length, 2);
  });

  it('is there for a page to begin with, and told again when that listens', async () => {
    const inspection = inspect();
    const opening = await inspection.opening(10_000);
    assert.deepEqual(
      opening.map(({ type }) => type),
      ['texts', 'head', 'content'],
    );
    assert.deepEqual(messages, []);
    await inspection.handle({ type: 'ready', tab: 'overview' });
    assert.deepEqual(messages, opening);
    assert.equal(fake.to(path).length, 1);
  });

  it('lets a page begin without what the engine is slow to tell', async () => {
    fake.answers.set(path, () => undefined);
    const opening = await inspect().opening(1);
    assert.deepEqual(
      opening.map(({ type }) => type),
      ['texts', 'head'],
    );
  });

  it('reads nothing for a page that is hidden', async () => {
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'raw' });
    await until('it is shown', () => contents().length === 1);
    inspection.setVisible(false);
    const before = fake.to(path).length;
    fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('the event was seen', () => fake.to('/containers/json').length === 2);
    assert.equal(fake.to(path).length, before);
  });

  it('shows what was known at once when its page is back, however slow the engine is', async () => {
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => contents().length === 1);
    inspection.setVisible(false);
    fake.answers.set(path, () => undefined);
    fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('the event was seen', () => fake.to('/containers/json').length === 2);
    inspection.setVisible(true);
    await until('it is asked for anew', () => fake.to(path).length === 2);
    await inspection.handle({ type: 'ready', tab: 'overview' });
    const [before, after] = contents();
    assert.deepEqual(after, before);
  });

  it('is read anew for a tab that is chosen while what happened is being read for another', async () => {
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => contents().length === 1);
    fake.answers.set(path, () => undefined);
    fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('it is read again', () => fake.to(path).length === 2);
    fake.answers.set(path, (_, response) => sendJson(response, 200, { Id: 'web', State: { Status: 'exited' } }));
    await inspection.handle({ type: 'show', tab: 'raw' });
    await until('what happened is shown', () => JSON.stringify(contents().at(-1)).includes('exited'));
  });

  it('ends the lines of its figures when it stops', async () => {
    fake.answers.set('/containers/web/stats', (_, response) => {
      response.writeHead(200);
      response.write(`${JSON.stringify(cgroup1[0])}\n`);
    });
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'stats' });
    const lastSample = (): StatsSample | undefined =>
      messages.findLast(message => message.type === 'stats')?.samples.at(-1);
    await until('figures are shown', () => lastSample()?.memoryBytes !== undefined);
    fake.containers = [containerEntry('web', { State: 'exited', Status: 'Exited (0) 1 second ago' })];
    fake.emit(event('container', 'die', 'web'));
    await until('they are those of now no more', () => Object.keys(lastSample() ?? {}).join() === 'time');
  });

  it('says that there are no figures of what does not run', async () => {
    fake.containers = [containerEntry('web', { State: 'exited', Status: 'Exited (0) 1 second ago' })];
    fake.emit(event('container', 'die', 'web'));
    await until('it has stopped', () => session.mirror.get('container', 'web')?.state === 'exited');
    await inspect().handle({ type: 'ready', tab: 'stats' });
    await until('it says so', () => sentences().includes('It does not run: there are no figures'));
  });

  it('says that it is gone where its figures are asked for, though nobody saw it go', async () => {
    fake.containers = [];
    fake.emit(event('container', 'destroy', 'web'));
    await until('it is gone', () => session.mirror.list('container').length === 0);
    fake.answers.set(path, (_, response) => sendJson(response, 404, { message: 'No such container: web' }));
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'stats' });
    await until('it says so', () => sentences().includes('“web” is not there any more.'));
    assert.equal(notice(), '“web” is not there any more.');
  });

  it('keeps what it was when it is removed, also what was asked for besides', async () => {
    const changesPath = '/containers/web/changes';
    fake.answers.set(changesPath, (_, response) => sendJson(response, 200, [{ Path: '/made', Kind: 1 }]));
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'changes' });
    await until('they are shown', () => contents().length === 1);
    const gone = (_: unknown, response: http.ServerResponse): void =>
      sendJson(response, 404, { message: 'No such container: web' });
    for (const asked of [path, changesPath]) fake.answers.set(asked, gone);
    fake.emit(event('container', 'destroy', 'web'));
    await until('it is asked for while its row is there', () => fake.to(path).length === 2);
    fake.containers = [];
    fake.emit(event('container', 'destroy', 'web'));
    await until('it says so', () => notice() !== undefined);
    assert.match(notice() ?? '', /^“web” was removed\. This is what it was at /);
    assert.deepEqual(sentences(), []);
    assert.equal(contents().length, 1);
    await inspection.handle({ type: 'show', tab: 'processes' });
    await until('what was never read says that it is gone', () => sentences().length > 0);
    assert.deepEqual(sentences(), ['“web” is not there any more.']);
    await inspection.handle({ type: 'show', tab: 'changes' });
    await until('they are still there', () => contents().length === 2);
    assert.deepEqual(contents()[1], contents()[0]);
  });

  it('is not said to be gone where its kind may not be listed any more, until the engine says so', async () => {
    fake.volumes = [{ Name: 'data' }];
    fake.answers.set('/volumes/data', (_, response) => sendJson(response, 200, { Name: 'data' }));
    fake.emit({ Type: 'volume', Action: 'create', Actor: { ID: 'data' } });
    await until('it is listed', () => session.mirror.get('volume', 'data'));
    const inspection = inspect(fake.endpoint, 'volume', { id: 'data', name: 'data' });
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => contents().length === 1);
    fake.answers.set('/volumes', (_, response) => sendJson(response, 403, { message: 'not allowed here' }));
    fake.emit({ Type: 'volume', Action: 'create', Actor: { ID: 'other' } });
    await until('there are no rows of it', () => session.mirror.list('volume').length === 0);
    await inspection.handle({ type: 'show', tab: 'raw' });
    await until('it is read on', () => contents().length === 2);
    assert.equal(notice(), undefined);
    fake.answers.set('/volumes/data', (_, response) => sendJson(response, 404, { message: 'no such volume' }));
    fake.emit({ Type: 'volume', Action: 'destroy', Actor: { ID: 'data' } });
    await until('it is gone', () => notice()?.startsWith('“data” was removed.'));
  });

  it('is found again by its new name', async () => {
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => contents().length === 1);
    fake.containers = [containerEntry('web', { Names: ['/shop'] })];
    fake.emit(event('container', 'rename', 'web'));
    await until('the new name is shown', () => head()?.head.name === 'shop');
    assert.equal(head()?.inspected?.name, 'shop');
    fake.containers = [containerEntry('other', { Names: ['/shop'] })];
    for (const [action, id] of [
      ['destroy', 'web'],
      ['create', 'other'],
    ] as const)
      fake.emit(event('container', action, id));
    await until('its successor is offered', () => head()?.head.actions.length === 1);
    assert.equal(head()?.inspected, undefined, 'it is called as before');
  });

  it('leads from an image to the one that has its tag now, also while both are there', async () => {
    const old = 'sha256:aaaaaaaaaaaa';
    fake.images = [{ Id: old, RepoTags: ['shop:1'] }];
    fake.emit(event('image', 'tag', old));
    await until('it is there', () => session.mirror.list('image').length === 1);
    const inspection = inspect(fake.endpoint, 'image', { id: old, name: 'shop:1' });
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => head()?.head.name === 'shop:1');
    assert.equal(notice(), undefined);

    fake.images = [{ Id: old, RepoTags: [] }];
    fake.emit(event('image', 'untag', old));
    await until('it has lost its tag', () => head()?.head.name === 'aaaaaaaaaaaa');
    fake.images = [
      { Id: old, RepoTags: [] },
      { Id: 'sha256:bb', RepoTags: ['shop:1'] },
    ];
    fake.emit(event('image', 'tag', 'sha256:bb'));
    await until('it says so', () => notice() === '“shop:1” is another image now.');
    const [successor] = head()?.head.actions ?? [];
    assert.equal(successor?.title, 'Open What Took Its Place');
    await inspection.handle({ type: 'act', action: successor.id });
    const { id, name } = fake.endpoint;
    assert.deepEqual(done, [{ kind: 'image', id: 'sha256:bb', name: 'shop:1', engine: { id, name } }]);

    fake.images = [{ Id: old, RepoTags: ['shop:old'] }];
    fake.emit(event('image', 'delete', 'sha256:bb'));
    await until('it is called otherwise', () => head()?.head.name === 'shop:old' && notice() === undefined);
    assert.equal(head()?.inspected?.name, 'shop:old');
  });

  it('has the size of a volume measured when its page is shown, and when that is asked for', async () => {
    let size = 1_000;
    const measures: http.ServerResponse[] = [];
    const measured = (): void => {
      sendJson(measures.at(-1) ?? assert.fail(), 200, { Volumes: [{ Name: 'web', UsageData: { Size: size } }] });
    };
    fake.answers.set('/volumes/web', (_, response) => sendJson(response, 200, { Name: 'web', Driver: 'local' }));
    fake.answers.set('/system/df', (_, response) => void measures.push(response));
    const told = (): readonly Value[] => {
      const last = contents().at(-1);
      assert(last?.type === 'content' && 'sections' in last.content);
      const facts = last.content.sections.flatMap(section => ('facts' in section ? section.facts : []));
      return facts.find(({ name }) => name === 'Size')?.values ?? [];
    };
    const tells = (text: RegExp): Promise<unknown> =>
      until(`it tells ${text.source}`, () => contents().length > 0 && text.test(told()[0]?.text ?? ''));

    const inspection = inspect(fake.endpoint, 'volume');
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await tells(/^being measured$/);
    await until('it is measured', () => measures.length === 1);
    measured();
    await tells(/^1kB, measured at \S+/);
    await inspection.handle({ type: 'show', tab: 'raw' });
    await inspection.handle({ type: 'show', tab: 'overview' });
    await tells(/^1kB/);
    assert.equal(measures.length, 1, 'it is not measured for another tab');

    size = 2_000;
    const showAgain = async (): Promise<void> => {
      inspection.setVisible(false);
      inspection.setVisible(true);
      await inspection.handle({ type: 'ready', tab: 'overview' });
    };
    await showAgain();
    await tells(/^1kB/);
    assert.equal(measures.length, 1, 'it was measured just before');
    later += 61_000;
    await showAgain();
    await until('it is measured again', () => measures.length === 2);
    assert.match(told()[0]?.text ?? '', /^1kB/);
    measured();
    await tells(/^2kB/);

    size = 3_000;
    await inspection.handle({ type: 'open', link: told()[1]?.link ?? -1 });
    await tells(/^being measured$/);
    await until('it is measured again', () => measures.length === 3);
    sendJson(measures.at(-1) ?? assert.fail(), 409, { message: 'no disk' });
    await tells(/^could not be measured: no disk$/);
    await showAgain();
    await until('it is measured again', () => measures.length === 4);
    measured();
    await tells(/^3kB/);
  });

  it('says that it is of another engine, and reads nothing of that', async () => {
    const inspection = inspect({ id: 'context:far', name: 'far' });
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it says so', () => messages.some(({ type }) => type === 'unavailable'));
    assert.equal(notice(), 'This is of the engine “far”, which is not in use now.');
    assert.deepEqual(fake.to(path), []);
  });

  it('keeps what it shows while the engine is away or another is in use, and follows it when it is back', async () => {
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => contents().length === 1);
    const first = session;
    const other = await new FakeEngine().start();
    session = await sessionOf(other);
    changed.fire(session);
    await until('it says so', () => notice() !== undefined);
    assert.match(notice() ?? '', /^This is of the engine “.*”, which is not in use now\.$/);
    await inspection.handle({ type: 'show', tab: 'raw' });
    await until('the raw answer is still there', () => contents().length === 2);
    assert.deepEqual(other.to(path), []);
    session.dispose();
    await other.dispose();
    session = first;
    changed.fire(session);
    await until('it is back', () => notice() === undefined);
    await fake.stop();
    await until('it is away', () => notice()?.startsWith('The engine does not answer'));
  });

  it('takes 10,000 messages that are none without an exception, a command or a request', async () => {
    const inspection = inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => contents().length === 1);
    const requests = fake.requests.length;
    const random = new Random(announcedSeed());
    for (let count = 0; count < 10_000; count++) await inspection.handle(misfit(random));
    assert.equal(fake.requests.length, requests);
    assert.deepEqual(done, []);
    assert.equal(contents().length, 1);
    assert(warnings.length > 5_000, String(warnings.length));
  });
});

const types = ['ready', 'show', 'act', 'open', 'reveal', 'copy', 'copySecret', 'refresh', 'signal', 'toString', ''];
const fields = ['tab', 'action', 'link', 'secret', 'text', 'process', 'signal', '__proto__', 'kind'];
const tabs = ['', 'OVERVIEW', 'constructor', '../raw', '<b>'];

/** Something like a message: of a known type at most, with numbers that nobody was given. */
function misfit(random: Random): unknown {
  const value = (): unknown =>
    random.pick([null, undefined, -1, 1.5, NaN, 10_000 + random.below(9), {}, [], true, ...tabs, 'SIGKILL']);
  if (random.chance(0.1)) return random.pick([null, undefined, 5, 'ready', [], new Date(), 'x'.repeat(1_000)]);
  const message = { type: random.pick(types) } as Record<string, unknown>;
  for (let count = random.below(4); count >= 0; count--) message[random.pick(fields) ?? ''] = value();
  if (message['type'] === 'copy') delete message['text'];
  if (message['type'] === 'ready') message['tab'] ??= 0;
  return message;
}

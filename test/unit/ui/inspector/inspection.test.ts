import assert from 'node:assert/strict';
import type http from 'node:http';
import type { Inspection } from '../../../../src/ui/inspector/inspection';
import type { HostMessage, StatsSample, Value } from '../../../../src/ui/inspector/protocol';
import { containerEntry, event, sendJson } from '../../../support/engines/fakeEngine';
import { announcedSeed, Random } from '../../../support/random';
import { until } from '../../../support/until';
import { cgroup1 } from '../../engine/stats/messages';
import { done, inspectionUnderTest, path } from './inspections';

describe('What is inspected', () => {
  const on = inspectionUnderTest();

  it('is read once when it is opened, and again when something happens to it', async () => {
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.contents().length === 1);
    assert.deepEqual(
      on.messages.map(({ type }) => type),
      ['texts', 'head', 'content'],
    );
    assert.equal(on.fake.to(path).length, 1);
    for (const tab of ['environment', 'mounts', 'network', 'raw']) await inspection.handle({ type: 'show', tab });
    await until('the last is shown', () => on.contents().length === 5);
    assert.equal(on.fake.to(path).length, 1, 'one answer serves all');
    on.fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('it is read again', () => on.fake.to(path).length === 2);
  });

  it('is read while its page is loaded, and shown when that listens', async () => {
    const inspection = on.inspect();
    await until('it was asked for', () => on.fake.to(path).length === 1);
    on.fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('it is read again', () => on.fake.to(path).length === 2);
    assert.deepEqual(on.messages, []);
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.contents().length === 1);
    assert.equal(on.fake.to(path).length, 2);
  });

  /** The document is written with what is known of the object, and the page that it makes says that it has loaded. */
  const load = async (inspection: Inspection): Promise<readonly HostMessage[]> => {
    await inspection.fillDocument(10_000);
    const { document } = inspection;
    await inspection.handle({ type: 'ready', tab: 'overview' });
    return document;
  };
  const typesOf = (all: readonly HostMessage[]): string[] => all.map(({ type }) => type);

  it('is in the document that a page begins with, and not sent again when that has loaded', async () => {
    assert.deepEqual(typesOf(await load(on.inspect())), ['texts', 'head', 'content']);
    assert.deepEqual(on.messages, []);
    assert.equal(on.fake.to(path).length, 1);
  });

  it('is sent as far as it has changed since the document was written, also when the page loads that again', async () => {
    const inspection = on.inspect();
    await load(inspection);
    on.fake.answers.set(path, (_, response) => sendJson(response, 200, { Id: 'web', State: { Status: 'exited' } }));
    on.fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('the change is sent', () => on.contents().length === 1);
    on.messages = [];
    await inspection.handle({ type: 'ready', tab: 'overview' });
    assert.deepEqual(typesOf(on.messages), ['content']);
    assert.match(JSON.stringify(on.messages), /exited/);
  });

  it('is sent whole when its page was hidden, whose document holds nothing then', async () => {
    const inspection = on.inspect();
    const before = await load(inspection);
    inspection.setVisible(false);
    assert.deepEqual(inspection.document, []);
    inspection.setVisible(true);
    await inspection.handle({ type: 'ready', tab: 'overview' });
    assert.deepEqual(on.messages, before);
  });

  it('lets a page begin without what the engine is slow to tell', async () => {
    on.fake.answers.set(path, () => undefined);
    const inspection = on.inspect();
    await inspection.fillDocument(1);
    assert.deepEqual(typesOf(inspection.document), ['texts', 'head']);
  });

  it('reads nothing for a page that is hidden', async () => {
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'raw' });
    await until('it is shown', () => on.contents().length === 1);
    inspection.setVisible(false);
    const before = on.fake.to(path).length;
    on.fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('the event was seen', () => on.fake.to('/containers/json').length === 2);
    assert.equal(on.fake.to(path).length, before);
  });

  it('shows what was known at once when its page is back, however slow the engine is', async () => {
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.contents().length === 1);
    inspection.setVisible(false);
    on.fake.answers.set(path, () => undefined);
    on.fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('the event was seen', () => on.fake.to('/containers/json').length === 2);
    inspection.setVisible(true);
    await until('it is asked for anew', () => on.fake.to(path).length === 2);
    await inspection.handle({ type: 'ready', tab: 'overview' });
    const [before, after] = on.contents();
    assert.deepEqual(after, before);
  });

  it('is read anew for a tab that is chosen while what happened is being read for another', async () => {
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.contents().length === 1);
    on.fake.answers.set(path, () => undefined);
    on.fake.emit({ Type: 'container', Action: 'update', Actor: { ID: 'web' } });
    await until('it is read again', () => on.fake.to(path).length === 2);
    on.fake.answers.set(path, (_, response) => sendJson(response, 200, { Id: 'web', State: { Status: 'exited' } }));
    await inspection.handle({ type: 'show', tab: 'raw' });
    await until('what happened is shown', () => JSON.stringify(on.contents().at(-1)).includes('exited'));
  });

  it('ends the lines of its figures when it stops', async () => {
    on.fake.answers.set('/containers/web/stats', (_, response) => {
      response.writeHead(200);
      response.write(`${JSON.stringify(cgroup1[0])}\n`);
    });
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'stats' });
    const lastSample = (): StatsSample | undefined =>
      on.messages.findLast(message => message.type === 'stats')?.samples.at(-1);
    await until('figures are shown', () => lastSample()?.memoryBytes !== undefined);
    on.fake.containers = [containerEntry('web', { State: 'exited', Status: 'Exited (0) 1 second ago' })];
    on.fake.emit(event('container', 'die', 'web'));
    await until('they are those of now no more', () => Object.keys(lastSample() ?? {}).join() === 'time');
  });

  it('says that there are no figures of what does not run', async () => {
    on.fake.containers = [containerEntry('web', { State: 'exited', Status: 'Exited (0) 1 second ago' })];
    on.fake.emit(event('container', 'die', 'web'));
    await until('it has stopped', () => on.session.mirror.get('container', 'web')?.state === 'exited');
    await on.inspect().handle({ type: 'ready', tab: 'stats' });
    await until('it says so', () => on.sentences().includes('It does not run: there are no figures'));
  });

  it('has the size of a volume measured when its page is shown, and when that is asked for', async () => {
    let size = 1_000;
    const measures: http.ServerResponse[] = [];
    const measured = (): void => {
      sendJson(measures.at(-1) ?? assert.fail(), 200, { Volumes: [{ Name: 'web', UsageData: { Size: size } }] });
    };
    on.fake.answers.set('/volumes/web', (_, response) => sendJson(response, 200, { Name: 'web', Driver: 'local' }));
    on.fake.answers.set('/system/df', (_, response) => void measures.push(response));
    const told = (): readonly Value[] => {
      const last = on.contents().at(-1);
      assert(last?.type === 'content' && 'sections' in last.content);
      const facts = last.content.sections.flatMap(section => ('facts' in section ? section.facts : []));
      return facts.find(({ name }) => name === 'Size')?.values ?? [];
    };
    const tells = (text: RegExp): Promise<unknown> =>
      until(`it tells ${text.source}`, () => on.contents().length > 0 && text.test(told()[0]?.text ?? ''));

    const inspection = on.inspect(on.fake.endpoint, 'volume');
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
    on.later += 61_000;
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

  it('takes 10,000 messages that are none without an exception, a command or a request', async () => {
    const inspection = on.inspect();
    await inspection.handle({ type: 'ready', tab: 'overview' });
    await until('it is shown', () => on.contents().length === 1);
    const requests = on.fake.requests.length;
    const random = new Random(announcedSeed());
    for (let count = 0; count < 10_000; count++) await inspection.handle(misfit(random));
    assert.equal(on.fake.requests.length, requests);
    assert.deepEqual(done, []);
    assert.equal(on.contents().length, 1);
    assert(on.warnings.length > 5_000, String(on.warnings.length));
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

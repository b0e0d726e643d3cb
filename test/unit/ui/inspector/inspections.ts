import { Emitter } from '../../../../src/base/event';
import type * as InspectionModule from '../../../../src/ui/inspector/inspection';
import type { HostMessage, Inspected } from '../../../../src/ui/inspector/protocol';
import type { Session } from '../../../../src/ui/session/session';
import type * as SessionModule from '../../../../src/ui/session/session';
import { containerEntry, FakeEngine, sendJson } from '../../../support/engines/fakeEngine';
import { l10n, loadAnew } from '../vscodeStub';

/** What was done outside of the panel. */
export const done: unknown[] = [];
const vscode = {
  l10n,
  env: { clipboard: { writeText: (text: string) => Promise.resolve(void done.push(text)) } },
  commands: { executeCommand: (...args: unknown[]) => Promise.resolve(void done.push(args)) },
};
const { Session: SessionClass } = loadAnew([], 'session/session', vscode) as typeof SessionModule;
const parts = ['presence', 'tabs/kinds', 'object', 'head', 'tabs/readings', 'tabs/shownTab', 'requests'].map(
  name => `inspector/${name}`,
);
const { Inspection } = loadAnew(parts, 'inspector/inspection', vscode) as typeof InspectionModule;

/** What the container is read from. */
export const path = '/containers/web/json';

type HeadMessage = Extract<HostMessage, { type: 'head' }>;

export interface InspectionUnderTest {
  fake: FakeEngine;
  /** The session of the moment. */
  session: Session;
  readonly changed: Emitter<Session>;
  /** What the page was sent. */
  messages: HostMessage[];
  /** What the log was told. */
  warnings: string[];
  /** By how many milliseconds the clock is put on. */
  later: number;
  sessionOf(engine: FakeEngine): Promise<Session>;
  /** A page that shows the container, with the session of the moment. */
  inspect(
    engine?: Inspected['engine'],
    kind?: Inspected['kind'],
    of?: { id: string; name: string },
  ): InstanceType<typeof Inspection>;
  head(): HeadMessage | undefined;
  notice(): string | undefined;
  sentences(): string[];
  contents(): HostMessage[];
}

/** For the tests of a suite, each with an engine that has a container, `web`. */
export function inspectionUnderTest(): InspectionUnderTest {
  let opened: InstanceType<typeof Inspection> | undefined;
  const { now } = Date;
  const on = {
    changed: new Emitter<Session>(),
    later: 0,
    async sessionOf(engine: FakeEngine) {
      const made = new SessionClass('', () => [engine.endpoint], { random: () => 0 });
      await made.mirror.whenReady();
      return made;
    },
    inspect(engine = on.fake.endpoint, kind = 'container', { id, name } = { id: 'web', name: 'web' }) {
      const sessions = {
        get current() {
          return on.session;
        },
        onDidChange: on.changed.event,
      };
      const write = (): void => undefined;
      const log = {
        ...{ trace: write, debug: write, info: write, error: write, show: write, dispose: write },
        warn: (text: string) => void on.warnings.push(text),
      };
      const page = { visible: true, post: (message: HostMessage) => void on.messages.push(message), setTitle: write };
      opened = new Inspection({ kind, id, name, engine: { id: engine.id, name: engine.name } }, page, {
        session: sessions,
        log,
        open: object => Promise.resolve(void done.push(object)),
      });
      return opened;
    },
    head: () => on.messages.findLast(message => message.type === 'head'),
    notice: () => on.head()?.head.notice,
    sentences: () => on.messages.flatMap(message => (message.type === 'unavailable' ? [message.sentence] : [])),
    contents: () => on.messages.filter(({ type }) => type === 'content'),
  } as InspectionUnderTest;

  before(() => void (Date.now = () => now() + on.later));
  after(() => void (Date.now = now));
  beforeEach(async () => {
    on.fake = await new FakeEngine().start();
    on.fake.containers = [containerEntry('web')];
    on.fake.answers.set(path, (_, response) =>
      sendJson(response, 200, {
        Id: 'web',
        State: { Status: 'running', Running: true },
        Config: { Env: ['A_TOKEN=x'] },
      }),
    );
    on.session = await on.sessionOf(on.fake);
    on.messages = [];
    on.warnings = [];
    on.later = 0;
    done.length = 0;
  });
  afterEach(async () => {
    opened?.dispose();
    on.session.dispose();
    await on.fake.dispose();
  });
  return on;
}

import { Connection, type ConnectionTimes } from '../../../../src/engine/connection/connection';
import type { Change } from '../../../../src/engine/mirror/kinds';
import { Mirror, type MirrorOptions, type MirrorState } from '../../../../src/engine/mirror/mirror';
import { containerEntry, FakeEngine } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';

/** Small parts of the usual times. */
const times: Partial<ConnectionTimes> = {
  firstRetry: 10,
  lastRetry: 100,
  pingDeadline: 250,
  pingEvery: 50,
  patience: 2_000,
  healthy: 20,
};

/** A fake engine, and the mirror that follows it. */
export interface MirrorUnderTest {
  fake: FakeEngine;
  connection: Connection;
  mirror: Mirror;
  /** What it has told, one line for each row that came, changed or went. */
  changes: string[];
  states: MirrorState[];
  /** Begins to follow the engine. */
  begin(options?: MirrorOptions): void;
  /** The names of its containers. */
  names(): string[];
  /** Waits until the mirror is in a state. */
  state(wanted: MirrorState): Promise<true>;
}

/** For the tests of a suite, each with an engine of its own; they begin the mirror. */
export function mirrorUnderTest(): MirrorUnderTest {
  const on = {
    begin(options: MirrorOptions = { keepRows: 1_000 }) {
      on.connection = new Connection({ candidates: () => [on.fake.endpoint], times });
      on.mirror = new Mirror(on.connection, options);
      on.changes = [];
      on.states = [];
      on.mirror.onDidChange(change => on.changes.push(...told(change)));
      on.mirror.onDidChangeState(state => on.states.push(state));
      on.connection.start();
    },
    names: () => on.mirror.list('container').map(({ name }) => name),
    state: (wanted: MirrorState) => until(`it is ${wanted}`, () => on.mirror.state === wanted),
  } as MirrorUnderTest;

  beforeEach(async () => {
    on.fake = await new FakeEngine().start();
    on.fake.containers = [containerEntry('a'), containerEntry('b')];
    on.fake.images = [{ Id: 'sha256:i', RepoTags: ['busybox:latest'] }];
    on.fake.networks = [{ Id: 'n', Name: 'bridge' }];
    on.fake.volumes = [{ Name: 'v' }];
  });
  afterEach(async () => {
    on.mirror.dispose();
    on.connection.dispose();
    await on.fake.dispose();
  });
  return on;
}

function told(change: Change): string[] {
  return [
    ...change.added.map(({ id }) => `${change.kind} +${id}`),
    ...change.removed.map(({ id }) => `${change.kind} -${id}`),
    ...change.changed.map(({ before, after }) => `${change.kind} ${nameOf(before)}→${nameOf(after)}`),
  ];
}

function nameOf(row: { id: string; name?: string }): string {
  return row.name ?? row.id;
}

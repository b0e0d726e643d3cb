import assert from 'node:assert/strict';
import type { StreamName } from '../../../src/engine/client/frames';
import type { Connection } from '../../../src/engine/connection/connection';
import { followLog } from '../../../src/engine/logs/follow';
import type { LogItem, LogNotice } from '../../../src/engine/logs/notices';
import type { Mirror } from '../../../src/engine/mirror/mirror';
import { dockerLogs, Fingerprint } from '../../support/engines/dockerLogs';
import { type EngineProxy, startProxy } from '../../support/engines/proxy';
import { announcedSeed, Random } from '../../support/random';
import { until } from '../../support/until';
import { onEngines } from '../engines';
import { openMirror } from '../openMirror';

const soak = Boolean(process.env['QUAYSIDE_SOAK']);
/** How often the container is restarted, the engine is, and the connections are cut. */
const faults = soak ? { restarts: 20, engine: 5, cuts: 20 } : { restarts: 2, engine: 1, cuts: 2 };

/** Counts on both streams, and prints which run it is. */
const counting = `
run=$(date +%s%N); i=0
while :; do i=$((i+1)); echo "$run $i"; echo "$run error $i" >&2; usleep 3000; done`;

/** A log that is being followed. */
interface Following {
  readonly lines: { stdout: string[]; stderr: string[] };
  readonly notices: LogNotice[];
  /** What happened, in order; `lines` stands for any number of lines. */
  readonly story: string[];
  end(): Promise<void>;
}

describe('A log that is followed', () => {
  onEngines(['20.10', '28', 'podman'], on => {
    let proxy: EngineProxy;
    let connection: Connection;
    let mirror: Mirror;
    let following: Following | undefined;

    before(async () => {
      proxy = await startProxy(on.test.socket);
      ({ connection, mirror } = await openMirror(proxy.host));
    });
    afterEach(async () => {
      await following?.end();
      following = undefined;
    });
    after(async () => {
      mirror.dispose();
      connection.dispose();
      await proxy.dispose();
    });

    const follow = (id: string, options: { tail?: number; successors?: boolean } = {}): Following => {
      const abort = new AbortController();
      const { tail, successors = false } = options;
      const items = followLog({ connection, mirror }, id, { tail, successors, signal: abort.signal });
      following = collecting(items, abort);
      return following;
    };

    it(`loses no line and repeats none over ${faults.restarts} restarts of the container, ${faults.engine} of the engine, ${faults.cuts} cut connections`, async () => {
      const host = { RestartPolicy: { Name: 'always' } };
      const id = await on.run('counting', { command: ['sh', '-c', counting], host });
      const { lines, notices } = follow(id);
      const random = new Random(announcedSeed());
      const steps: (() => Promise<unknown>)[] = [
        ...Array.from({ length: faults.restarts }, () => () => on.test.api('POST', `/containers/${id}/restart?t=0`)),
        ...Array.from({ length: faults.engine }, () => async () => {
          await on.test.restart();
          await start(id);
        }),
        ...Array.from({ length: faults.cuts }, () => async () => {
          proxy.cut();
          await Promise.resolve();
        }),
      ];
      for (const step of shuffled(steps, random)) {
        const before = lines.stdout.length;
        await until('lines come', () => lines.stdout.length > before + random.below(200), { timeout: 30_000 });
        await step();
      }
      const before = lines.stdout.length;
      await until('lines come at last', () => lines.stdout.length > before + 10, { timeout: 30_000 });
      await on.test.api('POST', `/containers/${id}/stop?t=0`);
      const all = await dockerLogs(on.test, id);
      const got = (stream: StreamName): Buffer => Buffer.from(lines[stream].map(line => `${line}\n`).join(''));
      await until(
        'all lines are there',
        () => (['stdout', 'stderr'] as const).every(name => got(name).length >= all[name].bytes),
        {
          timeout: 30_000,
          interval: 200,
        },
      );
      for (const name of ['stdout', 'stderr'] as const) assert.deepEqual(fingerprint(got(name)), all[name], name);
      const told = (what: LogNotice['what']): number => notices.filter(notice => notice.what === what).length;
      assert.ok(told('started') >= faults.restarts, JSON.stringify(notices));
      assert.ok(told('lost') >= faults.cuts && told('back') === told('lost'), JSON.stringify(notices));
    }).timeout(soak ? 900_000 : 120_000);

    const start = async (id: string): Promise<void> => {
      if (!on.isDocker) await on.test.api('POST', `/containers/${id}/start`);
    };

    it('tells the ends and starts of its container in their place among the lines', async () => {
      const id = await on.create('short', { command: ['sh', '-c', 'echo here; exit 3'] });
      const { lines, story, notices } = follow(id);
      await until('it is said that it never ran', () => story.length === 1);
      for (const count of [1, 2]) {
        await on.test.api('POST', `/containers/${id}/start`);
        await until('its line is there', () => lines.stdout.length === count);
        await until('its end is told', () => story.filter(what => what === 'stopped').length === count);
      }
      assert.deepEqual(story, ['neverRan', 'started', 'lines', 'stopped', 'started', 'lines', 'stopped']);
      const end = notices.at(-1);
      assert.ok(end?.what === 'stopped' && end.exitCode === 3 && Math.abs(end.time - Date.now()) < 60_000);
    });

    it('begins with the last lines, and ends when its container is removed', async () => {
      const id = await on.run('removed', { command: ['sh', '-c', 'for i in 1 2 3 4 5; do echo $i; done; sleep 1000'] });
      await until('it has printed', async () => (await on.test.docker('logs', id)).includes('5'));
      const { lines, story } = follow(id, { tail: 2 });
      await until('lines are there', () => lines.stdout.length === 2);
      await on.test.api('DELETE', `/containers/${id}?force=1`);
      await until('it is told', () => story.includes('removed'));
      assert.deepEqual(lines.stdout, ['4', '5']);
    });

    it('loses no line of a container that printed more lines than requested before it was read', async () => {
      const id = await on.create('late', { command: ['sh', '-c', 'for i in 1 2 3 4 5; do echo $i; done; sleep 1000'] });
      const { lines, story } = follow(id, { tail: 2 });
      await until('it is said that it never ran', () => story.length === 1);
      await on.test.api('POST', `/containers/${id}/start`);
      await until('the last line is there', () => lines.stdout.includes('5'), { timeout: 30_000 });
      assert.deepEqual(lines.stdout, ['1', '2', '3', '4', '5']);
    });

    it('continues with the container that takes the place of a removed one in its Compose project', async () => {
      const service = (number: string): Record<string, string> => ({
        'com.docker.compose.project': 'shop',
        'com.docker.compose.service': 'web',
        'com.docker.compose.container-number': number,
      });
      const command = ['sh', '-c', 'hostname; sleep 1000'];
      const run = (name: string, number: string): Promise<string> =>
        on.run(name, { command, labels: service(number), extra: { Hostname: name } });
      const id = await run('old', '1');
      await until('the row is there', () => mirror.get('container', id));
      const { lines, story, notices } = follow(id, { successors: true });
      await until('its line is there', () => lines.stdout.length === 1);
      await on.test.api('DELETE', `/containers/${id}?force=1`);
      await until('its end is told', () => story.includes('removed'));
      await run('other', '2');
      const next = await run('new', '1');
      await until('the new one’s line is there', () => lines.stdout.length === 2);
      assert.deepEqual(lines.stdout, ['old', 'new']);
      const replaced = notices.find(({ what }) => what === 'replaced');
      assert.ok(replaced?.what === 'replaced' && replaced.by.id === next);
    });

    it('sends the engine no request while its container is stopped', async () => {
      const id = await on.run('quiet', { command: ['sh', '-c', 'echo once'] });
      const { story } = follow(id);
      await until('its end is told', () => story.includes('stopped'));
      const asked = (): boolean =>
        proxy.requests.some(({ path, time }) => Date.now() - time < 2_000 && !path.endsWith('_ping'));
      await until('nothing has been asked for two seconds', () => !asked(), { timeout: 20_000 });
    });
  });
});

function collecting(items: AsyncIterable<LogItem>, abort: AbortController): Following {
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  const notices: LogNotice[] = [];
  const story: string[] = [];
  const working = (async () => {
    for await (const item of items) {
      if ('notice' in item) {
        notices.push(item.notice);
        story.push(item.notice.what);
      } else {
        if (story.at(-1) !== 'lines') story.push('lines');
        for (const { stream, bytes } of item.records) lines[stream].push(bytes.toString().replace(/\n$/, ''));
      }
    }
  })().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return {
    lines,
    notices,
    story,
    async end() {
      abort.abort();
      await working;
    },
  };
}

function fingerprint(bytes: Buffer): Fingerprint['value'] {
  const print = new Fingerprint();
  print.add(bytes);
  return print.value;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map(item => ({ item, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

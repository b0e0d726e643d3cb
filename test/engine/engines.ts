import assert from 'node:assert/strict';
import type { Engine } from '../../src/engine/connection/engine';
import { type EngineErrorKind, isEngineError } from '../../src/engine/errors';
import { type EngineVersion, startEngine, type TestEngine } from '../support/engines/engine';
import { createContainer, quickest, removeEverything, removeImages, runContainer } from '../support/engines/rawEngine';
import { sentenceOf } from '../support/sentence';
import { engineOf } from './engineOf';

/** What the tests of one engine see of it. */
export interface EngineUnderTest {
  /** The engine itself, by ways that are not under test. */
  readonly test: TestEngine;
  /** The engine as operations take it. */
  readonly engine: Engine;
  readonly isDocker: boolean;
  /** Creates and starts a container; returns its id. Without settings of its host it has the host's network. */
  run(name: string, options?: Parameters<typeof runContainer>[1]): Promise<string>;
  create(name: string, options?: Parameters<typeof createContainer>[1]): Promise<string>;
  /** `docker inspect` of a container, image, network or volume. */
  inspect(id: string): Promise<Inspected>;
}

export interface Inspected {
  Id: string;
  Name: string;
  State: { Status: string; ExitCode: number; Paused: boolean; StartedAt: string };
  [field: string]: unknown;
}

const everyVersion: readonly EngineVersion[] = ['20.10', '26', '28', 'podman'];

/**
 * The engines to run a suite on: those that it names, oldest first, and with `npm run test:engines` also those between
 * them, which `npm test` leaves out for the time that they take.
 */
export function engineVersions(usual: readonly [EngineVersion, ...EngineVersion[]]): readonly EngineVersion[] {
  if (!process.env['QUAYSIDE_EVERY_ENGINE']) return usual;
  return everyVersion.slice(everyVersion.indexOf(usual[0]), everyVersion.indexOf(usual.at(-1) ?? usual[0]) + 1);
}

/** Engines serve one suite after another, as each takes seconds to start and to end. */
const kept = new Map<EngineVersion, TestEngine>();

after(async () => {
  for (const engine of kept.values()) await engine.dispose();
  kept.clear();
});

/** An engine with nothing in it but `busybox:latest`. */
async function emptyEngine(version: EngineVersion): Promise<TestEngine> {
  const engine = (await answeringEngine(version)) ?? (await startEngine({ version }));
  kept.set(version, engine);
  await removeEverything(engine.api);
  await removeImages(engine.api);
  await engine.loadBusybox();
  return engine;
}

/** The kept engine, unless a suite left it dead. */
async function answeringEngine(version: EngineVersion): Promise<TestEngine | undefined> {
  const engine = kept.get(version);
  const answers = await engine?.api('GET', '/_ping').then(
    () => true,
    () => false,
  );
  if (answers) return engine;
  await engine?.dispose();
  return undefined;
}

/** The same tests on each engine. Containers, networks and volumes are removed after each. */
export function onEngines(
  versions: readonly [EngineVersion, ...EngineVersion[]],
  tests: (on: EngineUnderTest) => void,
): void {
  for (const version of engineVersions(versions)) {
    describe(version === 'podman' ? 'Podman' : `Docker Engine ${version}`, () => {
      let test: TestEngine | undefined;
      let engine: Engine | undefined;
      const on: EngineUnderTest = {
        get test() {
          return test ?? assert.fail('The engine has not been started');
        },
        get engine() {
          return engine ?? assert.fail('The engine has not been started');
        },
        isDocker: version !== 'podman',
        run: (name, options) => runContainer(on.test.api, { name, host: quickest, ...options }),
        create: (name, options) => createContainer(on.test.api, { name, host: quickest, ...options }),
        async inspect(id) {
          const [one] = JSON.parse(await on.test.docker('inspect', id)) as Inspected[];
          return one ?? assert.fail(`docker inspect ${id} told nothing`);
        },
      };
      before(async () => {
        test = await emptyEngine(version);
        engine = await engineOf(test);
      });
      afterEach(() => removeEverything(on.test.api));
      after(() => engine?.client.close());
      tests(on);
    });
  }
}

/** That the work fails with an EngineError of this kind, and with the engine's own sentence. */
export async function fails(work: Promise<unknown>, kind: EngineErrorKind, sentence = /./): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(isEngineError(error), String(error));
    assert.equal(error.kind, kind, sentenceOf(error));
    assert.match(sentenceOf(error), sentence);
    return true;
  });
}

/** That the work ends as canceled soon after its signal is aborted. */
export async function cancels(work: (signal: AbortSignal) => Promise<unknown>, after = 300): Promise<void> {
  const abort = new AbortController();
  const working = work(abort.signal);
  const timer = setTimeout(() => abort.abort(), after);
  const start = performance.now();
  try {
    await fails(working, 'canceled');
  } finally {
    clearTimeout(timer);
  }
  const took = performance.now() - start;
  assert.ok(took >= after - 50, `It ended after ${took} ms, before it was canceled`);
  assert.ok(took < after + 2_000, `It took ${took} ms`);
}

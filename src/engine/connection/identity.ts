import { withDeadline } from '../../base/abort';
import { record } from '../../base/read';
import { retry } from '../../base/retry';
import type { EngineClient } from '../client/client';
import type { Reason } from '../errorCodes';
import { EngineError, toEngineError, wasReset } from '../errors';
import { atLeast, compareVersions } from './apiVersion';

/** What an engine tells about itself in the headers of a ping. */
export interface EngineIdentity {
  flavour: 'docker' | 'podman';
  /** The engine's own version, e.g. `28.5.2`; empty when it does not say. */
  version: string;
  /** The API version to use: the newest of the engine, but no newer one than this code knows. */
  apiVersion: string;
}

/** In newer versions, answers lack fields that this code reads. */
const newestApiVersion = '1.51';
/** Docker Engine 19.03 and Podman 3 speak it. */
const oldestApiVersion = '1.40';

/** The pauses before an engine is asked again that answered with a failure of its own, in milliseconds. */
const failedPauses: readonly number[] = [250, 500];

/** `GET /_ping` over a connection of its own. Fails with an EngineError when the engine does not answer. */
export async function ping(client: EngineClient, signal?: AbortSignal): Promise<void> {
  const response = await client.stream({ method: 'GET', path: '/_ping', signal });
  response.resume();
}

/**
 * How long the engine takes to answer a ping, in milliseconds. Fails with an EngineError when it takes longer than the
 * deadline: half a minute unless another is given.
 */
export async function pingTime(
  client: EngineClient,
  { signal, deadline = 30_000 }: { signal?: AbortSignal; deadline?: number } = {},
): Promise<number> {
  const start = performance.now();
  try {
    await withDeadline(deadline, signal, until => ping(client, until));
  } catch (error) {
    throw toEngineError(error);
  }
  return performance.now() - start;
}

/** A ping over the connection that the engine was identified by, or over a new one when that is closed. */
export async function beat(client: EngineClient, signal?: AbortSignal): Promise<void> {
  await persistently(() => client.beat({ method: 'GET', path: '/_ping', signal }), signal);
}

/** Asks again when a kept connection turns out to be closed, or a gateway on the way fails for a moment. */
export function persistently<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const onAnyConnection = (): Promise<T> => retry(ask, { pauses: [0], mayPass: wasReset, signal });
  return retry(onAnyConnection, { pauses: failedPauses, mayPass: hasFailed, signal });
}

function hasFailed(error: unknown): boolean {
  return error instanceof EngineError && error.status !== undefined && error.status >= 500;
}

/**
 * Who the engine is, and which API version to use: `GET /_ping`, and `GET /version` when the engine is newer than this
 * code or its ping tells no API version. Fails with an EngineError; `unsupported` when there is no version that both
 * know.
 */
export async function identify(client: EngineClient, signal?: AbortSignal): Promise<EngineIdentity> {
  const {
    'api-version': api,
    'libpod-api-version': libpod,
    server,
  } = await client.beat({ method: 'GET', path: '/_ping', signal });
  const flavour = libpod === undefined ? 'docker' : 'podman';
  const version = /^\w+\/([\w.+-]+)/.exec(String(server ?? ''))?.[1] ?? '';
  const told = apiVersionOf(api);
  const isOrdinary = told !== undefined && compareVersions(told, newestApiVersion) <= 0;
  const range = isOrdinary ? { newest: told } : await versionRange(client, told, signal);
  return { flavour, version, apiVersion: commonVersion(range, flavour, version) };
}

/** The API versions that an engine speaks. */
interface VersionRange {
  newest: string;
  /** Undefined when the engine does not tell it. */
  oldest?: string | undefined;
}

async function versionRange(
  client: EngineClient,
  told: string | undefined,
  signal: AbortSignal | undefined,
): Promise<VersionRange> {
  const answer = record(await client.read({ path: '/version', signal }));
  const newest = told ?? apiVersionOf(answer['ApiVersion']);
  if (newest === undefined) throw unsupported({ code: 'apiVersionUnknown' });
  return { newest, oldest: apiVersionOf(answer['MinAPIVersion']) };
}

function commonVersion({ newest, oldest }: VersionRange, flavour: EngineIdentity['flavour'], version: string): string {
  if (!atLeast(newest, oldestApiVersion)) {
    throw unsupported({ code: 'engineTooOld', flavour, version, speaksUpTo: newest, needed: oldestApiVersion });
  }
  if (oldest !== undefined && !atLeast(newestApiVersion, oldest)) {
    throw unsupported({ code: 'engineTooNew', flavour, version, speaksFrom: oldest, known: newestApiVersion });
  }
  return atLeast(newest, newestApiVersion) ? newestApiVersion : newest;
}

function apiVersionOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d+\.\d+$/.test(value) ? value : undefined;
}

function unsupported(reason: Reason): EngineError {
  return new EngineError('unsupported', reason);
}

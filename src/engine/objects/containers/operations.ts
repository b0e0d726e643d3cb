import { type Json, number, record } from '../../../base/read';
import type { CallOptions, Engine } from '../../connection/engine';
import { EngineError, isEngineError } from '../../errors';
import { pruneReport, type PruneReport } from '../prune';
import { containerPath } from './path';

async function act(
  engine: Engine,
  id: string,
  action: string,
  options: CallOptions,
  query: object = {},
): Promise<void> {
  await engine.client.call({
    method: 'POST',
    path: containerPath(id, action),
    query: { ...query },
    signal: options.signal,
  });
}

/** `POST /containers/{id}/start`. Starting a running container changes nothing. */
export function start(engine: Engine, id: string, options: CallOptions = {}): Promise<void> {
  return act(engine, id, 'start', options);
}

/** In seconds. */
const usualStopTimeout = 10;

export interface StopOptions extends CallOptions {
  /** Seconds until the container is killed; the container's own stop timeout (usually 10) when not given. */
  timeout?: number | undefined;
}

/** `POST /containers/{id}/stop`. Lasts until the container has stopped. */
export function stop(engine: Engine, id: string, options: StopOptions = {}): Promise<void> {
  return act(engine, id, 'stop', options, { t: options.timeout });
}

/** After how many seconds a stop kills the container, by its own setting; negative when it never does. */
export async function stopTimeout(engine: Engine, id: string, options: CallOptions = {}): Promise<number> {
  return number(record((await inspect(engine, id, options))['Config'])['StopTimeout']) ?? usualStopTimeout;
}

/** `POST /containers/{id}/restart`. */
export function restart(engine: Engine, id: string, options: StopOptions = {}): Promise<void> {
  return act(engine, id, 'restart', options, { t: options.timeout });
}

/** `POST /containers/{id}/pause`. */
export function pause(engine: Engine, id: string, options: CallOptions = {}): Promise<void> {
  return act(engine, id, 'pause', options);
}

/** `POST /containers/{id}/unpause`. */
export function unpause(engine: Engine, id: string, options: CallOptions = {}): Promise<void> {
  return act(engine, id, 'unpause', options);
}

/** `POST /containers/{id}/kill`. `unixSignal` is a name or number, `SIGKILL` when not given. */
export function kill(engine: Engine, id: string, options: CallOptions & { unixSignal?: string } = {}): Promise<void> {
  return act(engine, id, 'kill', options, { signal: options.unixSignal });
}

/** `POST /containers/{id}/rename`. */
export function rename(engine: Engine, id: string, options: CallOptions & { name: string }): Promise<void> {
  return act(engine, id, 'rename', options, { name: options.name });
}

export interface RemoveContainerOptions extends CallOptions {
  /** Kills a running container first. */
  force?: boolean;
  /** Also removes the anonymous volumes that only this container used. */
  volumes?: boolean;
}

/** `DELETE /containers/{id}`. Also succeeds when the container does not exist, or when its removal is under way. */
export async function remove(engine: Engine, id: string, options: RemoveContainerOptions = {}): Promise<void> {
  const { force, volumes, signal } = options;
  try {
    await engine.client.call({ method: 'DELETE', path: containerPath(id), query: { force, v: volumes }, signal });
  } catch (error) {
    const refused = isEngineError(error, 'conflict') && (force === true || (await isGoing(engine, id, signal)));
    const going = refused || isEngineError(error, 'notFound');
    if (!going) throw error;
  }
}

/** Whether the removal is under way. The engine refuses a forced removal for no other reason. */
async function isGoing(engine: Engine, id: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return record((await inspect(engine, id, { signal }))['State'])['Status'] === 'removing';
  } catch (error) {
    return isEngineError(error, 'notFound');
  }
}

/** `GET /containers/{id}/json`, as the engine gives it. */
export async function inspect(
  engine: Engine,
  id: string,
  options: CallOptions & { size?: boolean } = {},
): Promise<Json> {
  return record(
    await engine.client.read({
      path: containerPath(id, 'json'),
      query: { size: options.size },
      signal: options.signal,
    }),
  );
}

/** `POST /containers/{id}/wait`: waits, however long, until the condition holds. Returns the exit code. */
export async function wait(
  engine: Engine,
  id: string,
  options: CallOptions & { condition?: 'not-running' | 'next-exit' | 'removed' } = {},
): Promise<number> {
  const query = { condition: options.condition };
  const answer = await engine.client.wait({
    method: 'POST',
    path: containerPath(id, 'wait'),
    query,
    signal: options.signal,
  });
  const code = number(record(answer)['StatusCode']);
  if (code === undefined) throw new EngineError('failed', { code: 'exitCodeMissing' });
  return code;
}

/** `POST /containers/prune`: removes all stopped containers. */
export async function prune(engine: Engine, options: CallOptions = {}): Promise<PruneReport> {
  const answer = await engine.client.call({ method: 'POST', path: '/containers/prune', signal: options.signal });
  return pruneReport(answer, 'ContainersDeleted');
}

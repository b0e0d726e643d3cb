import assert from 'node:assert/strict';
import { type ContainerOptions, untilPrinted } from '../../support/engines/rawEngine';
import type { EngineUnderTest } from '../engines';

/** Ends by SIGKILL alone. */
export const stubborn = { command: ['sh', '-c', "trap '' TERM; echo trapped; while :; do sleep 1; done"] };
/** Ends by SIGTERM with a code of its own. */
export const obedient = { command: ['sh', '-c', "trap 'exit 7' TERM; echo trapped; while :; do sleep 0.1; done"] };
/** The id of no container. */
export const absent = 'f'.repeat(64);

/** Starts a container that traps signals, and waits until it does; returns its id. */
export async function runTrapping(on: EngineUnderTest, options: ContainerOptions): Promise<string> {
  const id = await on.run('box', options);
  await untilPrinted(on.test.api, id, 'trapped');
  return id;
}

export function isGone(on: EngineUnderTest, id: string): Promise<void> {
  return assert.rejects(on.test.api('GET', `/containers/${id}/json`), { status: 404 });
}

/** A container's state as docker inspect prints it. */
export async function status(on: EngineUnderTest, id: string): Promise<string> {
  return (await on.inspect(id)).State.Status;
}

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import {
  Connection,
  type ConnectionOptions,
  type ConnectionState,
  type ConnectionTimes,
} from '../../../../src/engine/connection/connection';
import type { Engine } from '../../../../src/engine/connection/engine';
import { compiled } from '../../../support/compiled';
import { FakeEngine } from '../../../support/engines/fakeEngine';
import { until } from '../../../support/until';

/** Retries so rare that only a socket that appears explains a quick connection. */
export const patient: Partial<ConnectionTimes> = { firstRetry: 60_000, lastRetry: 60_000 };
export const quick: Partial<ConnectionTimes> = {
  firstRetry: 10,
  lastRetry: 100,
  pingDeadline: 250,
  pingEvery: 30,
  patience: 1_000,
  healthy: 20,
};

/** Takes no engine for hung on a machine that is busy for a while. */
export const forgiving: Partial<ConnectionTimes> = { ...quick, pingDeadline: 60_000 };

/** A fake engine that is not started, and connections to it. */
export interface Connecting {
  fake: FakeEngine;
  /** Begins to connect; what is begun ends with the test. */
  begin(times?: Partial<ConnectionTimes>, candidates?: ConnectionOptions['candidates']): Begun;
}

export interface Begun {
  connection: Connection;
  /** The states that it has told. */
  states: ConnectionState[];
}

/** For the tests of a suite, each with an engine of its own. */
export function connecting(): Connecting {
  let connections: Connection[] = [];
  const on: Connecting = {
    fake: new FakeEngine(),
    begin(times = quick, candidates = () => [on.fake.endpoint]) {
      const connection = new Connection({ candidates, times, random: () => 0.5 });
      const states: ConnectionState[] = [];
      connection.onDidChangeState(state => states.push(state));
      connection.start();
      connections.push(connection);
      return { connection, states };
    },
  };

  beforeEach(() => {
    on.fake = new FakeEngine();
    connections = [];
  });
  afterEach(async () => {
    for (const connection of connections) connection.dispose();
    await on.fake.dispose();
  });
  return on;
}

export function connected(connection: Connection): Promise<Engine> {
  return until('it is connected', () => (connection.state.kind === 'connected' ? connection.state.engine : undefined));
}

export function unreachable(connection: Connection): Promise<ConnectionState & { kind: 'unreachable' }> {
  return until('it is unreachable', () => (connection.state.kind === 'unreachable' ? connection.state : undefined));
}

/** A socket file as a crashed engine leaves it. */
export async function leaveDeadSocket(path: string): Promise<void> {
  const server: Server = createServer();
  await new Promise<void>(resolve => server.listen(`${path}.live`, resolve));
  renameSync(`${path}.live`, path);
  await new Promise(resolve => server.close(resolve));
  assert.ok(existsSync(path));
}

/** What keeps this process alive: sockets, pipes, timers. The test runner's own timer is among them. */
export function openThings(): string[] {
  return process.getActiveResourcesInfo().filter(name => /Pipe|TCP|Timeout|FSEvent|Immediate/.test(name));
}

/** A module of the engine, as a script that runs in a process of its own requires it. */
export function moduleOf(name: string): string {
  return JSON.stringify(compiled(`engine/${name}`));
}

/** Runs a script in a process of its own; returns what it prints. */
export async function run(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, ...args], { timeout: 8_000 });
  return stdout;
}

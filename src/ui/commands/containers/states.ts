import * as vscode from 'vscode';
import { number, text } from '../../../base/read';
import * as operations from '../../../engine/objects/containers/operations';
import { isAlive } from '../../../engine/objects/containers/row';
import type { Action, ManyAction } from '../../actions/action';
import type { Call } from '../../actions/call';
import { forEachTarget, forTarget } from '../../actions/forEach';
import { askText, choose } from '../../actions/pick';
import { targetOf, targetsOf } from '../../actions/targets';
import { tell } from '../../actions/tell';
import { Failure } from '../../failure';
import { containers, type ContainerTarget, notRunning } from '../../objects/containers';
import { unixSignals } from '../../objects/unixSignals';
import type { Handler } from '../../run';
import { quoted } from '../../text';
import { verb } from '../verb';
import * as phrases from './phrases';

/** Seconds that the engine may need for a stop in addition to the container's own timeout. */
const stopSlack = 10;
/** Seconds, for containers that are never killed, and the most that may be asked for. */
const longestStop = 999_999;

export const starting: ManyAction<ContainerTarget> = {
  kind: containers,
  phrases: phrases.start,
  isDone: (now, _before, begun) => now !== undefined && (isAlive(now.row) || hasRunSince(now, begun)),
  unfit: ({ row: { state } }) => {
    if (state === 'running') return vscode.l10n.t('it is running already');
    if (state === 'paused') return vscode.l10n.t('it is paused; unpause it instead');
    if (state === 'restarting') return vscode.l10n.t('it is restarting already');
    return state === 'removing' ? vscode.l10n.t('it is being removed') : undefined;
  },
};

export const stopping: ManyAction<ContainerTarget> = {
  kind: containers,
  phrases: phrases.stop,
  isDone: hasEnded,
  patience: stopPatience(),
  unfit: unlessAlive,
};

export const restarting: ManyAction<ContainerTarget> = {
  kind: containers,
  phrases: phrases.restart,
  isDone: (now, _before, begun) => now?.row.state === 'running' && (now.row.since ?? 0) >= begun,
  patience: stopPatience(),
  unfit: ({ row: { state } }) => {
    if (state === 'removing') return vscode.l10n.t('it is being removed');
    return state === 'dead' ? vscode.l10n.t('its removal failed; remove it again') : undefined;
  },
};

export const pausing: ManyAction<ContainerTarget> = {
  kind: containers,
  phrases: phrases.pause,
  isDone: now => now?.row.state === 'paused',
  unfit: ({ row }) => (row.state === 'paused' ? vscode.l10n.t('it is paused already') : notRunning(row)),
};

export const unpausing: ManyAction<ContainerTarget> = {
  kind: containers,
  phrases: phrases.unpause,
  isDone: now => now !== undefined && now.row.state !== 'paused',
  unfit: ({ row }) => (row.state === 'paused' ? undefined : vscode.l10n.t('it is not paused')),
};

const killing: ManyAction<ContainerTarget> = { kind: containers, phrases: phrases.kill, unfit: unlessAlive };

/** SIGKILL is the only signal whose arrival shows in the container. */
const killingAtOnce: ManyAction<ContainerTarget> = { ...killing, isDone: hasEnded };

const waiting: Action<ContainerTarget> = { kind: containers, phrases: phrases.wait, unfit: unlessAlive };

function hasEnded(now: ContainerTarget | undefined): boolean {
  return now === undefined || !isAlive(now.row);
}

/** Whether it has run and ended since. */
function hasRunSince({ row }: ContainerTarget, begun: number): boolean {
  return row.state === 'exited' && (row.since ?? 0) >= begun;
}

/** @param timeout what was asked for, in seconds */
function stopPatience(timeout?: number): NonNullable<Action<ContainerTarget>['patience']> {
  return async (engine, { id }, signal) => {
    const seconds = timeout ?? (await operations.stopTimeout(engine, id, { signal }));
    return 1_000 * (stopSlack + (seconds < 0 ? longestStop : Math.min(seconds, longestStop)));
  };
}

function unlessAlive({ row }: ContainerTarget): string | undefined {
  return isAlive(row) ? undefined : notRunning(row);
}

export const start = verb(starting, (engine, { id }, options) => operations.start(engine, id, options));
export const restart = verb(restarting, (engine, { id }, options) => operations.restart(engine, id, options));
export const pause = verb(pausing, (engine, { id }, options) => operations.pause(engine, id, options));
export const unpause = verb(unpausing, (engine, { id }, options) => operations.unpause(engine, id, options));

/** Option: `timeout` (seconds); without it the container's own applies. */
export const stop: Handler = async context => {
  const targets = await targetsOf(context, stopping);
  await stopAll(context, targets, timeoutOf(context.call));
};

/** Option: `timeout` (seconds); asks for it when it is not given. */
export const stopWithTimeout: Handler = async context => {
  const targets = await targetsOf(context, stopping);
  await stopAll(context, targets, timeoutOf(context.call) ?? (await askTimeout()));
};

async function stopAll(
  context: Parameters<Handler>[0],
  targets: readonly ContainerTarget[],
  timeout: number | undefined,
): Promise<void> {
  const { engine } = context.session.current;
  const action = { ...stopping, patience: stopPatience(timeout) };
  await forEachTarget(context, action, targets, ({ id }, signal) => operations.stop(engine, id, { timeout, signal }));
}

function timeoutOf({ options }: Call): number | undefined {
  const { timeout } = options;
  if (timeout === undefined) return undefined;
  const seconds = number(timeout);
  if (seconds === undefined || !isTimeout(String(seconds))) {
    throw new Failure(vscode.l10n.t('A timeout is a whole number of seconds, 0 or more'));
  }
  return seconds;
}

async function askTimeout(): Promise<number> {
  const answer = await askText({
    title: vscode.l10n.t('Seconds until the container is killed'),
    value: '10',
    invalid: seconds => (isTimeout(seconds) ? undefined : vscode.l10n.t('A whole number of seconds, 0 or more')),
  });
  return Number(answer);
}

function isTimeout(seconds: string): boolean {
  return /^\d{1,6}$/.test(seconds);
}

/** Option: `signal` (a name or number); asks for it when it is not given. */
export const kill: Handler = async context => {
  const targets = await targetsOf(context, killing);
  const unixSignal = text(context.call.options['signal']) || (context.call.fromProgram ? 'SIGKILL' : await askSignal());
  const { engine } = context.session.current;
  const action = unixSignal === 'SIGKILL' ? killingAtOnce : killing;
  await forEachTarget(context, action, targets, ({ id }, signal) =>
    operations.kill(engine, id, { unixSignal, signal }),
  );
};

function askSignal(): Promise<string> {
  const choices = unixSignals().map(({ name, meaning }) => ({ label: name, description: meaning, value: name }));
  return choose(vscode.l10n.t('Send which signal?'), choices);
}

/** Waits until a container ends, tells its exit code and returns it. */
export const wait: Handler = async context => {
  const { id, name } = await targetOf(context, waiting);
  const { engine } = context.session.current;
  const code = await forTarget(phrases.wait, name, signal => operations.wait(engine, id, { signal }));
  if (!context.call.fromProgram) tell(vscode.l10n.t('{0} ended with exit code {1}', quoted(name), code));
  return code;
};

import * as vscode from 'vscode';
import { text } from '../../../base/read';
import { startCommand, startShell } from '../../../engine/processes/start';
import type { Action } from '../../actions/action';
import { askText } from '../../actions/pick';
import { targetOf } from '../../actions/targets';
import { config } from '../../config';
import { Failure } from '../../failure';
import { containers, type ContainerTarget, notRunning } from '../../objects/containers';
import type { CommandContext, Handler } from '../../run';
import { ConsoleSource } from '../../terminals/processes/consoleSource';
import { readKeys } from '../../terminals/processes/keys';
import { NoShell } from '../../terminals/processes/processSource';
import {
  type OpeningProcess,
  type ProcessTerminal,
  processTerminal,
  shellAgain,
} from '../../terminals/processes/processTerminal';
import { quoted } from '../../text';
import { chosenShell } from './askShell';
import * as phrases from './phrases';
import type { ShellChoice } from './shellChoice';
import { ShellMemory } from './shellMemory';

const whenRunning = ({ row }: ContainerTarget): string | undefined => notRunning(row);
export const shelling: Action<ContainerTarget> = { kind: containers, phrases: phrases.shell, unfit: whenRunning };
const commanding: Action<ContainerTarget> = { kind: containers, phrases: phrases.command, unfit: whenRunning };
const attaching: Action<ContainerTarget> = { kind: containers, phrases: phrases.attach, unfit: whenRunning };

/** Opens a shell in a terminal. Settles when the shell runs. */
export const openShell: Handler = async context => {
  await open(context, shellTerminal(await targetOf(context, shelling), {}));
};

/** Asks what to run and how, unless options tell it: `shell` or `command`, `user`, `workdir`, `env`, `privileged`. */
export const openShellWith: Handler = async context => {
  const target = await targetOf(context, shelling);
  await open(context, shellTerminal(target, await chosenShell(context, target)));
};

/** Runs the `command` without a terminal, and returns its exit code. Asks for the command if it is not given. */
export const runCommand: Handler = async context => {
  const target = await targetOf(context, commanding);
  const line = text(context.call.options['command']).trim() || (await askCommand(context, target));
  const { ended } = await open(context, {
    target,
    name: `${target.name}: ${line}`,
    icon: 'run',
    place: config.shellLocation,
    profile: 'logs',
    start: (engine, id, { created }) => startCommand(engine, id, line, { tty: false, stdin: false, created }),
    failed: cause => phrases.command.failed(quoted(target.name), cause),
    again: vscode.l10n.t('Press Enter to run it again'),
    againWhenRunning: vscode.l10n.t('Press Enter to run it again when the container runs'),
  });
  return ended;
};

/** Attaches a terminal to the container’s own console. */
export const attach: Handler = async context => {
  const target = await targetOf(context, attaching);
  const session = context.session.current;
  const keys = readKeys(config.detachKeys);
  if (keys === undefined) {
    throw new Failure(vscode.l10n.t('The setting quayside.attach.detachKeys is not written as in ctrl-p,ctrl-q'));
  }
  const detach = { keys, name: keyNames(config.detachKeys) };
  const failed = (cause: string): string => phrases.attach.failed(quoted(target.name), cause);
  const { terminals } = await context.lateTerminals.load();
  terminals.show({
    name: vscode.l10n.t('{0} (console)', target.name),
    icon: 'plug',
    place: config.shellLocation,
    profile: 'shell',
    key: () => `attach ${target.id}`,
    source: new ConsoleSource({ session, target, detach, failed }),
    connection: session.connection,
  });
};

/** A terminal for what was chosen. */
export function shellTerminal(target: ContainerTarget, choice: ShellChoice): ProcessTerminal {
  const { command, shell, ...place } = choice;
  const shells = shell === undefined ? config.shells : [shell];
  return {
    target,
    name: command === undefined ? target.name : `${target.name}: ${command}`,
    icon: 'terminal',
    place: config.shellLocation,
    profile: 'shell',
    start: (engine, id, options) =>
      command === undefined
        ? startShell(engine, id, { ...place, shells, ...options })
        : startCommand(engine, id, command, { ...place, tty: true, ...options }),
    failed: cause => phrases.shell.failed(quoted(target.name), cause),
    ...shellAgain(),
  };
}

async function open(context: CommandContext, options: ProcessTerminal): Promise<{ ended: OpeningProcess['ended'] }> {
  const { terminals, processes } = await context.lateTerminals.load();
  const { terminal, started, ended } = processTerminal({ session: context.session, processes }, options);
  terminals.show(terminal);
  const runs = await startedOrOffered(context, started, options.target);
  return { ended: runs ? ended : Promise.resolve(undefined) };
}

/** Whether the process runs. If there is no shell, a person is offered what works without one. */
export async function startedOrOffered(
  { call }: CommandContext,
  started: Promise<void>,
  target: ContainerTarget,
): Promise<boolean> {
  try {
    await started;
    return true;
  } catch (error) {
    if (!(error instanceof NoShell) || call.fromProgram) throw error;
    void offerOthers(error, target);
    return false;
  }
}

/** Offers what works in a container without a shell. */
async function offerOthers({ message }: NoShell, { id }: ContainerTarget): Promise<void> {
  const commands = new Map([
    [vscode.l10n.t('Show Logs'), 'quayside.container.showLogs'],
    [vscode.l10n.t('Attach'), 'quayside.container.attach'],
  ]);
  const chosen = await vscode.window.showErrorMessage(message, ...commands.keys());
  const command = commands.get(chosen ?? '');
  if (command !== undefined) await vscode.commands.executeCommand(command, { subject: { kind: 'container', id } });
}

async function askCommand({ context, log }: CommandContext, { name }: ContainerTarget): Promise<string> {
  const memory = new ShellMemory(context.secrets, log);
  const line = await askText({
    title: vscode.l10n.t('Run in {0}', quoted(name)),
    prompt: vscode.l10n.t('A line for its shell, e.g. ls -l /etc | head'),
    value: await memory.recallCommand(),
    invalid: entered => (entered === '' ? vscode.l10n.t('a command is needed') : undefined),
  });
  await memory.rememberCommand(line);
  return line;
}

/** The form of `ctrl-],ctrl-]` that people read: Ctrl+] Ctrl+]. */
function keyNames(keys: string): string {
  return keys
    .split(',')
    .map(key => key.trim().replace(/^ctrl-(.)$/i, (_all, letter: string) => `Ctrl+${letter.toUpperCase()}`))
    .join(' ');
}

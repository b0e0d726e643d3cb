import * as vscode from 'vscode';
import { type Json, list, record, text, texts } from '../../../base/read';
import { shellWord, splitWords } from '../../../base/shell';
import type { ExecSettings } from '../../../engine/processes/exec';
import { askText, type Choice, choose } from '../../actions/pick';
import { config } from '../../config';
import { Failure } from '../../failure';
import type { ContainerTarget } from '../../objects/containers';
import type { CommandContext } from '../../run';
import { plain, quoted } from '../../text';
import { ShellMemory } from './shellMemory';

/** What to open: a shell, or a command in its place; the first shell there is when neither is named. */
export interface ShellChoice extends ExecSettings {
  shell?: string;
  command?: string;
}

const usualShells = ['bash', 'ash', 'sh'];

/** What a program’s options say, or what a person answers; an answer is offered again for the same image. */
export async function chosenShell(context: CommandContext, target: ContainerTarget): Promise<ShellChoice> {
  if (context.call.fromProgram) return checked(readChoice(context.call.options));
  const memory = new ShellMemory(context.context.secrets, context.log);
  const { image } = target.row;
  const last = await memory.recall(image);
  const choice = await ask(target, last && readChoice(last));
  await memory.remember(image, choice);
  return choice;
}

async function ask(target: ContainerTarget, last: ShellChoice | undefined): Promise<ShellChoice> {
  const title = vscode.l10n.t('Open in {0}', quoted(target.name));
  const what = await choose(title, programs(last), vscode.l10n.t('What to run'));
  if (what === 'last' && last) return last;
  const program =
    what === 'command' ? { command: await askCommand(title, last) } : what === 'first' ? {} : { shell: what };
  const user = await askText({
    title,
    prompt: vscode.l10n.t('The user, by name or number; empty for the container’s own'),
    value: last?.user ?? '',
  });
  const workdir = await askText({
    title,
    prompt: vscode.l10n.t('The folder to work in; empty for the container’s own'),
    value: last?.workdir ?? '',
    invalid: unfitFolder,
  });
  const env = await askText({
    title,
    prompt: vscode.l10n.t('Further variables, e.g. LANG=C.UTF-8 GREETING="hello world"; empty for none'),
    value: last?.env?.map(shellWord).join(' ') ?? '',
    invalid: entered => unfitVariables(splitWords(entered)),
  });
  const privileged = await choose(title, rights(last), vscode.l10n.t('Its rights'));
  return withoutEmpty({ ...program, user, workdir, env: splitWords(env), privileged });
}

function programs(last: ShellChoice | undefined): Choice<string>[] {
  const shells = [...new Set([...config.shells, ...usualShells])];
  return [
    ...(last ? [{ label: vscode.l10n.t('As last time'), description: described(last), value: 'last' }] : []),
    { label: vscode.l10n.t('The first shell there is'), description: plain(shells.join(', ')), value: 'first' },
    ...shells.map(shell => ({ label: plain(shell), value: shell })),
    { label: vscode.l10n.t('A command…'), value: 'command' },
  ];
}

function rights(last: ShellChoice | undefined): Choice<boolean>[] {
  const choices = [
    { label: vscode.l10n.t('Usual'), description: vscode.l10n.t('those of the container'), value: false },
    {
      label: vscode.l10n.t('Privileged'),
      description: vscode.l10n.t('all rights, on the host’s devices too'),
      value: true,
    },
  ];
  return last?.privileged ? choices.reverse() : choices;
}

function askCommand(title: string, last: ShellChoice | undefined): Promise<string> {
  return askText({
    title,
    prompt: vscode.l10n.t('The command to run in the terminal, e.g. top'),
    value: last?.command ?? '',
    invalid: entered => (entered === '' ? vscode.l10n.t('a command is needed') : undefined),
  });
}

/** A choice in one line. Variables may be secrets, so only their names are told. */
function described({ shell, command, user, workdir, env, privileged }: ShellChoice): string {
  const parts = [
    command ?? shell,
    user === undefined ? undefined : vscode.l10n.t('as {0}', user),
    workdir === undefined ? undefined : vscode.l10n.t('in {0}', workdir),
    env?.map(variable => variable.replace(/=[^]*/, '')).join(' '),
    privileged ? vscode.l10n.t('privileged') : undefined,
  ];
  return plain(parts.filter(Boolean).join(' · '));
}

/** Env may be a list of `NAME=value` or an object. */
function readChoice(from: Json): ShellChoice {
  const { env } = from;
  const variables =
    list(env) === env ? texts(env) : Object.entries(record(env)).map(([name, value]) => `${name}=${String(value)}`);
  return withoutEmpty({
    shell: text(from['shell']),
    command: text(from['command']),
    user: text(from['user']),
    workdir: text(from['workdir']),
    env: variables,
    privileged: from['privileged'] === true,
  });
}

function withoutEmpty(choice: ShellChoice): ShellChoice {
  const isGiven = (value: unknown): boolean => Boolean(value) && (!Array.isArray(value) || value.length > 0);
  return Object.fromEntries(Object.entries(choice).filter(([, value]) => isGiven(value)));
}

function checked(choice: ShellChoice): ShellChoice {
  const cause = unfitFolder(choice.workdir ?? '') ?? unfitVariables(choice.env ?? []);
  if (cause !== undefined) throw new Failure(cause);
  return choice;
}

function unfitFolder(folder: string): string | undefined {
  return folder === '' || /^(?:\/|[a-z]:)/i.test(folder) ? undefined : vscode.l10n.t('a folder is an absolute path');
}

function unfitVariables(variables: readonly string[]): string | undefined {
  const bad = variables.find(variable => !/^[^=\s]+=/.test(variable));
  return bad === undefined ? undefined : vscode.l10n.t('{0} is no variable; write NAME=value', quoted(bad));
}

import * as vscode from 'vscode';
import { shellWord, splitWords } from '../../../base/shell';
import type { ExecSettings } from '../../../engine/processes/exec';
import { usualShells } from '../../../engine/processes/shells';
import { askText, type Choice, choose } from '../../actions/pick';
import { config } from '../../config';
import type { ContainerTarget } from '../../objects/containers';
import type { CommandContext } from '../../run';
import { plain, quoted } from '../../text';
import { checked, folderFault, readChoice, type ShellChoice, variablesFault, withoutEmpty } from './shellChoice';
import { ShellMemory } from './shellMemory';

/** What a program’s options name, or what a person answers; the answer is offered again for the same image. */
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
  return withoutEmpty({ ...program, ...(await askSettings(title, last)) });
}

async function askSettings(title: string, last: ShellChoice | undefined): Promise<ExecSettings> {
  const user = await askText({
    title,
    prompt: vscode.l10n.t('The user, by name or number; empty for the container’s own'),
    value: last?.user ?? '',
  });
  const workdir = await askText({
    title,
    prompt: vscode.l10n.t('The folder to work in; empty for the container’s own'),
    value: last?.workdir ?? '',
    invalid: folderFault,
  });
  const env = await askText({
    title,
    prompt: vscode.l10n.t('Further variables, e.g. LANG=C.UTF-8 GREETING="hello world"; empty for none'),
    value: last?.env?.map(shellWord).join(' ') ?? '',
    invalid: entered => variablesFault(splitWords(entered)),
  });
  const privileged = await choose(title, rights(last), vscode.l10n.t('Its rights'));
  return { user, workdir, env: splitWords(env), privileged };
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

/** A choice in one line. Variables may hold secrets, so it has only their names. */
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

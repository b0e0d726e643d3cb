import * as vscode from 'vscode';
import { type Json, list, record, text, texts } from '../../../base/read';
import type { ExecSettings } from '../../../engine/processes/exec';
import { Failure } from '../../failure';
import { quoted } from '../../text';

/** What to open in a terminal: a shell or a command, or if neither is named, the first shell that the container has. */
export interface ShellChoice extends ExecSettings {
  shell?: string;
  command?: string;
}

/** Reads a choice from unchecked values. `env` may be a list of `NAME=value` or an object. */
export function readChoice(from: Json): ShellChoice {
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

/** Leaves out empty answers. */
export function withoutEmpty(choice: ShellChoice): ShellChoice {
  const isGiven = (value: unknown): boolean => Boolean(value) && (!Array.isArray(value) || value.length > 0);
  return Object.fromEntries(Object.entries(choice).filter(([, value]) => isGiven(value)));
}

/** The choice, unless its folder or variables are invalid: then throws a Failure. */
export function checked(choice: ShellChoice): ShellChoice {
  const cause = folderFault(choice.workdir ?? '') ?? variablesFault(choice.env ?? []);
  if (cause !== undefined) throw new Failure(cause);
  return choice;
}

/** What is wrong with a folder; undefined if nothing is. */
export function folderFault(folder: string): string | undefined {
  return folder === '' || /^(?:\/|[a-z]:)/i.test(folder) ? undefined : vscode.l10n.t('a folder is an absolute path');
}

/** What is wrong with variables; undefined if nothing is. */
export function variablesFault(variables: readonly string[]): string | undefined {
  const bad = variables.find(variable => !/^[^=\s]+=/.test(variable));
  return bad === undefined ? undefined : vscode.l10n.t('{0} is no variable; write NAME=value', quoted(bad));
}

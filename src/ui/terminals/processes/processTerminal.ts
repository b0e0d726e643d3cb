import * as vscode from 'vscode';
import type { TerminalPlace } from '../../config';
import type { ContainerTarget } from '../../objects/containers';
import type { CommandContext } from '../../run';
import type { Profile } from '../profile';
import type { NewTerminal } from '../terminals';
import { ProcessSource, type StartProcess } from './processSource';

/** What a terminal starts in a container. */
export interface ProcessTerminal {
  target: ContainerTarget;
  name: string;
  icon: string;
  place: TerminalPlace;
  profile: Profile;
  start: StartProcess;
  failed: (cause: string) => string;
  again: string;
  againWhenRunning: string;
}

export interface OpeningProcess {
  terminal: NewTerminal;
  /** Rejects with the Failure that kept it from starting. */
  started: Promise<void>;
  /** The exit code, when it is known. Never settles when nothing was started. */
  ended: Promise<number | undefined>;
}

/** A terminal that is still to be opened, and what will become of its process. */
export function processTerminal(
  context: Pick<CommandContext, 'session' | 'processes'>,
  options: ProcessTerminal,
): OpeningProcess {
  const session = context.session.current;
  const { target, start, failed, again, againWhenRunning } = options;
  const words = { failed, again, againWhenRunning };
  let end: (exitCode: number | undefined) => void = () => undefined;
  const ended = new Promise<number | undefined>(resolve => (end = resolve));
  let source: ProcessSource | undefined;
  const started = new Promise<void>((resolve, reject) => {
    const first = { started: resolve, failed: reject, ended: end };
    source = new ProcessSource({ session, target, processes: context.processes, start, ...words, first });
  });
  if (!source) throw new Error('A promise begins at once');
  const { name, icon, place, profile } = options;
  return { terminal: { name, icon, place, profile, source, connection: session.connection }, started, ended };
}

/** The words of a shell's end. */
export function shellAgain(): { again: string; againWhenRunning: string } {
  return {
    again: vscode.l10n.t('Press Enter to open a new shell'),
    againWhenRunning: vscode.l10n.t('Press Enter to open a new shell when it runs again'),
  };
}

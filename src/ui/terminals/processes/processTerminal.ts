import * as vscode from 'vscode';
import type { TerminalPlace } from '../../config';
import type { ContainerTarget } from '../../objects/containers';
import type { CurrentSession } from '../../session/session';
import type { Profile } from '../profile';
import type { NewTerminal } from '../terminals';
import { ProcessSource, type StartProcess } from './processSource';
import type { RunningProcesses } from './runningProcesses';

/** What the terminals of processes need of the extension. */
interface TerminalParts {
  session: Pick<CurrentSession, 'current'>;
  processes: RunningProcesses;
}

/** What a terminal starts in a container, and how it looks. */
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
  /** Rejects with the Failure if the process cannot be started. */
  started: Promise<void>;
  /** The exit code, if it is known. Never settles if nothing was started. */
  ended: Promise<number | undefined>;
}

/** A terminal to open, and the outcome of its process. */
export function processTerminal(
  { session: { current: session }, processes }: TerminalParts,
  options: ProcessTerminal,
): OpeningProcess {
  const { target, start, failed, again, againWhenRunning } = options;
  const texts = { failed, again, againWhenRunning };
  let end: (exitCode: number | undefined) => void = () => undefined;
  const ended = new Promise<number | undefined>(resolve => (end = resolve));
  let source: ProcessSource | undefined;
  const started = new Promise<void>((resolve, reject) => {
    const first = { started: resolve, failed: reject, ended: end };
    source = new ProcessSource({ session, target, processes, start, ...texts, first });
  });
  if (!source) throw new Error('A promise begins at once');
  const { name, icon, place, profile } = options;
  return { terminal: { name, icon, place, profile, source, connection: session.connection }, started, ended };
}

/** The texts after the end of a shell. */
export function shellAgain(): { again: string; againWhenRunning: string } {
  return {
    again: vscode.l10n.t('Press Enter to open a new shell'),
    againWhenRunning: vscode.l10n.t('Press Enter to open a new shell when it runs again'),
  };
}

import type * as vscode from 'vscode';
import type { Inspectors } from './inspector/inspectors';
import type { Log, RequestLog } from './log';
import type { HasSubject } from './objects/subject';
import type { KnownEngines } from './session/knownEngines';
import type { CurrentSession, Session } from './session/session';
import type { SshPrompter } from './session/sshPrompter';
import type { LateTerminals } from './terminals/lateTerminals';

/** What the features of the extension share. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly session: CurrentSession;
  readonly engines: KnownEngines;
  readonly sshPrompter: SshPrompter;
  readonly log: Log;
  readonly requests: RequestLog;
  readonly inspectors: Inspectors;
  readonly lateTerminals: LateTerminals;
  /** The selected rows of a view: VS Code passes none to a command that a key runs. */
  readonly selection: (viewId: string) => readonly HasSubject[];
  /** The session that a row belongs to; undefined for what is no view's row. */
  readonly sessionOf: (row: object) => Session | undefined;
}

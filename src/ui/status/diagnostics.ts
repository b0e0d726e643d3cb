import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { record, text } from '../../base/read';
import { withoutSecrets } from '../../base/secrets';
import { oneLine } from '../../base/visible';
import { type Kind, kindNames } from '../../engine/mirror/kinds';
import { config } from '../config';
import type { RequestLog } from '../log';
import { addressOf, attemptLines, lastError, nameOf, stateOf, versionText } from '../objects/engineText';
import type { EngineEntry, KnownEngines } from '../session/knownEngines';
import type { Session } from '../session/session';

/** What a report is made of. */
interface ReportParts {
  extension: vscode.Extension<unknown>;
  engines: KnownEngines;
  session: Session;
  requests: RequestLog;
}

/**
 * A report for those who maintain Quayside: versions, settings, engines and their states, counts, and failed requests.
 * It holds no name, label or environment of a container, and no credential. It is in English, the language of its
 * readers.
 */
export function diagnostics({ extension, engines, session, requests }: ReportParts): string {
  const manifest = record(extension.packageJSON);
  const lines = [
    `Quayside ${text(manifest['version'])}`,
    `VS Code ${vscode.version} (${vscode.env.appHost}${vscode.env.remoteName ? `, remote ${vscode.env.remoteName}` : ''})`,
    `${process.platform} ${process.arch}, Node ${process.version}`,
    `workspace ${vscode.workspace.isTrusted ? 'trusted' : 'not trusted'}`,
    ...section('Settings', settingLines(manifest)),
    ...section('Engines', engines.entries.flatMap(engineLines)),
    ...section('Rows', [...kindNames.map(kind => countLine(session, kind)), `mirror: ${session.mirror.state}`]),
    ...section(`Requests: ${requests.count}, of which these failed last`, requests.failed),
  ];
  return `${lines.map(line => oneLine(shareable(line), 500)).join('\n')}\n`;
}

/** A line without credentials, and without the person's name in paths of the home folder. */
function shareable(line: string): string {
  return withoutSecrets(line).replaceAll(homedir(), '~');
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...(lines.length > 0 ? lines : ['none']).map(line => `  ${line}`)];
}

/** Of the endpoints only what Quayside reads: anything else in them may be a secret. */
function settingLines(manifest: Readonly<Record<string, unknown>>): string[] {
  const { properties } = record(record(manifest['contributes'])['configuration']);
  return Object.keys(record(properties)).map(key => {
    const value: unknown =
      key === 'quayside.endpoints' ? config.endpoints : vscode.workspace.getConfiguration().get(key);
    return `${key}: ${JSON.stringify(value)}`;
  });
}

function engineLines(entry: EngineEntry): string[] {
  const engine = entry.session?.connection.engine;
  const facts = [
    `${entry.current ? '*' : '-'} ${nameOf(entry)} (${entry.source}): ${stateOf(entry)}`,
    addressOf(entry),
    engine ? `${versionText(engine.identity)}, API ${engine.identity.apiVersion}` : '',
  ];
  const state = entry.session?.connection.state;
  const tried = state?.kind === 'unreachable' ? attemptLines(state).map(line => `tried ${line}`) : [lastError(entry)];
  return [facts.filter(Boolean).join(', '), ...tried.filter(Boolean).map(line => `    ${line}`)];
}

function countLine({ mirror }: Session, kind: Kind): string {
  if (kind !== 'container') return `${kind}: ${mirror.isForbidden(kind) ? 'forbidden' : mirror.list(kind).length}`;
  const states = new Map<string, number>();
  for (const { state } of mirror.list(kind)) states.set(state, (states.get(state) ?? 0) + 1);
  const told = [...states].map(([state, count]) => `${count} ${state}`).join(', ');
  return `container: ${mirror.list(kind).length}${told && ` (${told})`}`;
}

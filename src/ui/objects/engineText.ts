import * as vscode from 'vscode';
import { withoutSecrets } from '../../base/secrets';
import { oneLine } from '../../base/visible';
import type { Attempt, ConnectionState } from '../../engine/connection/connection';
import type { EngineIdentity } from '../../engine/connection/identity';
import type { EndpointSource } from '../../engine/endpoints/endpoint';
import { errorText } from '../errors/errorText';
import type { EngineEntry } from '../session/knownEngines';
import type { Session } from '../session/session';
import { countRunning } from './containerText';

/** The engine's name and version, without what a distribution appends (`+dfsg1`). */
export function versionText({ flavour, version }: Pick<EngineIdentity, 'flavour' | 'version'>): string {
  return `${flavour === 'podman' ? 'Podman' : 'Docker'} ${version.replace(/\+.*$/, '')}`.trim();
}

/** The version of an engine that is connected; empty for others. */
export function versionOf({ session }: Pick<EngineEntry, 'session'>): string {
  const engine = session?.connection.engine;
  return engine ? versionText(engine.identity) : '';
}

export function runningText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 container runs') : vscode.l10n.t('{0} containers run', count);
}

/** A line for each endpoint that was tried, in order: its address and what came back. */
export function attemptLines(state: ConnectionState): string[] {
  return state.kind === 'unreachable' ? state.attempts.map(attemptLine) : [];
}

function attemptLine({ endpoint, error }: Attempt): string {
  return oneLine(withoutSecrets([endpoint.url, errorText(error)].filter(Boolean).join(' — ')), 400);
}

/** An engine's state: `connected` once its rows are there, `unusable` when its address cannot even be read. */
export type EngineState = 'connected' | 'connecting' | 'unreachable' | 'unusable' | 'closed';

export function stateOf({ error, session }: Pick<EngineEntry, 'error' | 'session'>): EngineState {
  if (error) return 'unusable';
  const state = session?.connection.state.kind ?? 'closed';
  return state === 'connected' && session?.mirror.state === 'loading' ? 'connecting' : state;
}

export function stateText(state: EngineState): string {
  switch (state) {
    case 'connected':
      return vscode.l10n.t('connected');
    case 'connecting':
      return vscode.l10n.t('connecting');
    case 'unreachable':
      return vscode.l10n.t('does not answer');
    case 'unusable':
      return vscode.l10n.t('cannot be used');
    case 'closed':
      return vscode.l10n.t('not opened');
  }
}

export function sourceText(source: EndpointSource): string {
  switch (source) {
    case 'setting':
      return vscode.l10n.t('the setting quayside.endpoint');
    case 'environment':
      return vscode.l10n.t('the environment variable DOCKER_HOST');
    case 'context':
      return vscode.l10n.t('a docker context');
    case 'added':
      return vscode.l10n.t('added by hand');
    case 'default':
      return vscode.l10n.t('a usual place');
  }
}

/** Why an engine cannot be used or last did not answer; empty when it answers, or was not asked. */
export function lastError({ error, session }: Pick<EngineEntry, 'error' | 'session'>): string {
  if (error) return withoutSecrets(errorText(error));
  const state = session?.connection.state;
  const tried = state?.kind === 'unreachable' ? state.attempts[0] : undefined;
  return tried ? withoutSecrets(errorText(tried.error)) : '';
}

/** An engine's name as it may be shown. A variable's value is no name, and may hold credentials. */
export function nameOf({ name, source }: Pick<EngineEntry, 'name' | 'source'>): string {
  return source === 'environment' ? 'DOCKER_HOST' : withoutSecrets(name);
}

export function addressOf({ endpoint }: Pick<EngineEntry, 'endpoint'>): string {
  return endpoint ? withoutSecrets(endpoint.url) : '';
}

/** How many containers run on an engine; none on one that is not open. */
export function runningOn(session: Pick<Session, 'mirror'> | undefined): number {
  return countRunning(session?.mirror.list('container') ?? []);
}

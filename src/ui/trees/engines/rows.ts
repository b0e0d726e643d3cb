import * as vscode from 'vscode';
import { withoutSecrets } from '../../../base/secrets';
import type { Engine } from '../../../engine/connection/engine';
import { errorText } from '../../errors/errorText';
import { addressOf, lastError, runningOn, stateOf, versionText } from '../../objects/engineText';
import type { Look } from '../../objects/look';
import type { EngineFacts, FactsReader } from '../../session/engineFacts';
import type { EngineEntry } from '../../session/knownEngines';
import { causeOf } from '../../text';
import { diskUseLooks, factLook } from './factLook';

/** What stands below a row. */
export type Below = 'facts' | 'diskUse' | 'plugins';

/** A row that stands below another one. */
export interface FactRow {
  /** Unique among its siblings. */
  key: string;
  look: Look;
  below?: Below;
}

/** The rows below a row of the Engines view, as far as they are known; the engine is asked for the rest. */
export function rowsBelow(below: Below, entry: EngineEntry, facts: FactsReader): FactRow[] {
  const engine = entry.session?.connection.engine;
  if (!engine || stateOf(entry) !== 'connected') return [...troubles(entry)];
  switch (below) {
    case 'facts':
      return [...countRows(entry, engine), ...toldRows(facts.factsOf(engine)), diskUseRow()];
    case 'diskUse': {
      const { value, error } = facts.diskUseOf(engine);
      if (!value) return [waitingOrFailed(error, vscode.l10n.t('Measuring…'))];
      return diskUseLooks(value).map(look => ({ key: look.label, look }));
    }
    case 'plugins':
      return (facts.factsOf(engine).value?.plugins ?? []).map(({ name, enabled }) => ({
        key: name,
        look: factLook(name, enabled ? vscode.l10n.t('enabled') : vscode.l10n.t('disabled'), 'plug'),
      }));
  }
}

/** Why there are no facts: what was tried and what came back, or that it is under way. */
function troubles(entry: EngineEntry): FactRow[] {
  const state = entry.session?.connection.state;
  if (entry.error) return [failed(lastError(entry), addressOf(entry))];
  if (state?.kind !== 'unreachable') return [waitingOrFailed(undefined, vscode.l10n.t('Connecting…'))];
  return state.attempts.map(({ endpoint, error }, index) => ({
    ...failed(withoutSecrets(errorText(error)), withoutSecrets(endpoint.url)),
    key: `attempt ${index}`,
  }));
}

function countRows({ session }: EngineEntry, { identity }: Engine): FactRow[] {
  if (!session) return [];
  const api = vscode.l10n.t('API {0}', identity.apiVersion);
  const all = session.mirror.list('container').length;
  const running = vscode.l10n.t('{0} of {1} running', runningOn(session), all);
  const images = session.mirror.isForbidden('image')
    ? vscode.l10n.t('may not be listed')
    : String(session.mirror.list('image').length);
  return [
    { key: 'version', look: factLook(vscode.l10n.t('Version'), `${versionText(identity)} · ${api}`, 'tag') },
    { key: 'containers', look: factLook(vscode.l10n.t('Containers'), running, 'vm') },
    { key: 'images', look: factLook(vscode.l10n.t('Images'), images, 'package') },
  ];
}

function toldRows({ value, error }: ReturnType<FactsReader['factsOf']>): FactRow[] {
  if (!value) return [waitingOrFailed(error, vscode.l10n.t('Asking the engine…'))];
  return [...platformRow(value), ...pluginsRow(value)];
}

function platformRow({ platform, system }: EngineFacts): FactRow[] {
  const text = [platform, system].filter(Boolean).join(' · ');
  return text ? [{ key: 'platform', look: factLook(vscode.l10n.t('Platform'), text, 'chip') }] : [];
}

function pluginsRow({ plugins }: EngineFacts): FactRow[] {
  if (plugins.length === 0) return [];
  const look = factLook(vscode.l10n.t('Plugins'), String(plugins.length), 'plug');
  return [{ key: 'plugins', look, below: 'plugins' }];
}

/** Measured only when somebody opens it. */
function diskUseRow(): FactRow {
  return { key: 'diskUse', look: factLook(vscode.l10n.t('Disk Use'), '', 'database'), below: 'diskUse' };
}

function waitingOrFailed(error: unknown, waiting: string): FactRow {
  return error === undefined
    ? { key: 'waiting', look: factLook(waiting, '', 'loading~spin') }
    : failed(causeOf(error), '');
}

function failed(cause: string, where: string): FactRow {
  return { key: 'failed', look: { ...factLook(cause, where, 'error', 'charts.red'), tooltip: cause } };
}

import * as vscode from 'vscode';
import { shortId } from '../../../../base/format';
import { number, record, text, textMap, texts } from '../../../../base/read';
import type { ContentOf, Value } from '../../protocol';
import type { Source } from '../source';
import type { ReadableTab } from '../tab';
import {
  code,
  commandValue,
  fact,
  facts,
  longText,
  mapSection,
  type MaybeFact,
  objectLink,
  timeText,
  yesWhen,
} from '../values';
import { composeFacts } from './compose';
import { checkInterval, checks, healthFacts } from './health';
import { limitFacts } from './limits';
import { portFacts } from './ports';
import { stateFacts } from './state';

/** Reads checks at most this often, in milliseconds. */
const quickest = 2_000;

export const overview: ReadableTab<'overview'> = {
  title: () => vscode.l10n.t('Overview'),
  content: overviewOf,
  /** A check with the same outcome as before makes no event. */
  every: ({ json }) => {
    const interval = checkInterval(json);
    return interval === undefined ? undefined : Math.max(quickest, interval);
  },
};

function overviewOf(source: Source): ContentOf<'overview'> {
  const { json, handles } = source;
  const health = checks(json);
  return {
    tab: 'overview',
    sections: [
      ...facts(vscode.l10n.t('State'), stateFacts(source)),
      ...facts(vscode.l10n.t('Health'), healthFacts(source)),
      ...facts(vscode.l10n.t('Ports'), portFacts(source)),
      ...facts(vscode.l10n.t('Image and command'), commandFacts(source)),
      ...facts(vscode.l10n.t('Compose'), composeFacts(source)),
      ...facts(vscode.l10n.t('Limits'), limitFacts(json)),
      ...facts(vscode.l10n.t('Rights'), rightFacts(source)),
      ...facts(vscode.l10n.t('Container'), identityFacts(source)),
      ...mapSection(handles, vscode.l10n.t('Labels'), textMap(record(json['Config'])['Labels']), 'label'),
    ],
    ...(health.length > 0 && { health }),
  };
}

function commandFacts({ json, handles }: Source): MaybeFact[] {
  const config = record(json['Config']);
  const image = text(json['Image']);
  const timeout = number(config['StopTimeout']);
  return [
    fact(vscode.l10n.t('Image'), objectLink(handles, 'image', image, text(config['Image']) || shortId(image))),
    fact(vscode.l10n.t('Image ID'), code(image)),
    fact(vscode.l10n.t('Entry point'), commandValue(handles, 'entrypoint', config['Entrypoint'])),
    fact(vscode.l10n.t('Command'), commandValue(handles, 'command', config['Cmd'])),
    fact(vscode.l10n.t('Working directory'), longText(handles, 'workdir', text(config['WorkingDir']), { code: true })),
    fact(vscode.l10n.t('User'), longText(handles, 'user', text(config['User']), { code: true })),
    fact(vscode.l10n.t('Terminal'), yesWhen(config['Tty'])),
    fact(vscode.l10n.t('Reads input'), yesWhen(config['OpenStdin'])),
    fact(vscode.l10n.t('Stop signal'), code(text(config['StopSignal']))),
    fact(vscode.l10n.t('Stop timeout'), timeout === undefined ? '' : vscode.l10n.t('{0} s', timeout)),
  ];
}

function rightFacts({ json, handles }: Source): MaybeFact[] {
  const host = record(json['HostConfig']);
  const each = (name: string): Value[] =>
    texts(host[name]).map((entry, index) => longText(handles, `${name}.${index}`, entry, { code: true }));
  const privileged = host['Privileged'] === true;
  return [
    fact(
      vscode.l10n.t('Privileged'),
      privileged ? { text: vscode.l10n.t('yes: it may do all on its host'), tone: 'warning' } : '',
    ),
    fact(vscode.l10n.t('Capabilities added'), ...each('CapAdd')),
    fact(vscode.l10n.t('Capabilities dropped'), ...each('CapDrop')),
    fact(vscode.l10n.t('Security options'), ...each('SecurityOpt')),
    fact(vscode.l10n.t('Root file system'), host['ReadonlyRootfs'] === true ? vscode.l10n.t('read-only') : ''),
    fact(vscode.l10n.t('Further groups'), ...each('GroupAdd')),
    fact(vscode.l10n.t('Process namespace'), code(text(host['PidMode']))),
    fact(vscode.l10n.t('User namespace'), code(text(host['UsernsMode']))),
  ];
}

function identityFacts({ json }: Source): MaybeFact[] {
  const host = record(json['HostConfig']);
  return [
    fact(vscode.l10n.t('ID'), code(text(json['Id']))),
    fact(vscode.l10n.t('Created'), timeText(json['Created'])),
    fact(vscode.l10n.t('Platform'), text(json['Platform'])),
    fact(vscode.l10n.t('Storage driver'), text(json['Driver'])),
    fact(vscode.l10n.t('Log driver'), text(record(host['LogConfig'])['Type'])),
    fact(vscode.l10n.t('Runtime'), text(host['Runtime'])),
    fact(vscode.l10n.t('Removed when it ends'), yesWhen(host['AutoRemove'])),
  ];
}

import * as vscode from 'vscode';
import { type Json, record, records, text, textMap } from '../../../../base/read';
import type { ContentOf, Section, Value } from '../../protocol';
import type { Source } from '../source';
import type { ReadableTab } from '../tab';
import { code, fact, facts, mapSection, type MaybeFact, timeText, yesWhen } from '../values';
import { attachedSection } from './attached';

export const overview: ReadableTab<'overview'> = { title: () => vscode.l10n.t('Overview'), content: overviewOf };

function overviewOf(source: Source): ContentOf<'overview'> {
  const { json, handles } = source;
  return {
    tab: 'overview',
    sections: [
      ...facts(vscode.l10n.t('Network'), networkFacts(json)),
      poolSection(record(json['IPAM'])),
      attachedSection(source),
      ...mapSection(handles, vscode.l10n.t('Options'), textMap(json['Options']), 'option'),
      ...mapSection(handles, vscode.l10n.t('Address options'), textMap(record(json['IPAM'])['Options']), 'ipam'),
      ...mapSection(handles, vscode.l10n.t('Labels'), textMap(json['Labels']), 'label'),
    ],
  };
}

function networkFacts(json: Json): MaybeFact[] {
  return [
    fact(vscode.l10n.t('Driver'), text(json['Driver'])),
    fact(vscode.l10n.t('Scope'), text(json['Scope'])),
    fact(vscode.l10n.t('ID'), code(text(json['Id']))),
    fact(vscode.l10n.t('Created'), timeText(json['Created'])),
    fact(vscode.l10n.t('IPv6'), yesWhen(json['EnableIPv6'])),
    fact(vscode.l10n.t('Internal'), yesWhen(json['Internal'])),
    fact(vscode.l10n.t('Attachable'), yesWhen(json['Attachable'])),
    fact(vscode.l10n.t('Ingress'), yesWhen(json['Ingress'])),
    fact(vscode.l10n.t('Address driver'), text(record(json['IPAM'])['Driver'])),
  ];
}

function poolSection(ipam: Json): Section {
  return {
    title: vscode.l10n.t('Address pools'),
    columns: [
      vscode.l10n.t('Subnet'),
      vscode.l10n.t('Range'),
      vscode.l10n.t('Gateway'),
      vscode.l10n.t('Reserved addresses'),
    ],
    rows: records(ipam['Config']).map((pool): Value[] => [
      code(text(pool['Subnet'])),
      code(text(pool['IPRange'])),
      code(text(pool['Gateway'])),
      code(reserved(textMap(pool['AuxiliaryAddresses'] ?? pool['AuxAddress']))),
    ]),
    empty: vscode.l10n.t('This network gives out no addresses'),
  };
}

function reserved(addresses: Readonly<Record<string, string>>): string {
  return Object.entries(addresses)
    .map(([name, address]) => `${name} ${address}`)
    .join(', ');
}

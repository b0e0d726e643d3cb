import * as vscode from 'vscode';
import { type Json, number, record, text, textMap, texts } from '../../../../base/read';
import type { ContentOf, Section, Value } from '../../protocol';
import type { Source } from '../source';
import type { ReadableTab } from '../tab';
import { code, fact, facts, longText, mapSection, type MaybeFact, objectLink, shortName } from '../values';
import { portFacts } from './ports';

export const network: ReadableTab<'network'> = { title: () => vscode.l10n.t('Network'), content: attachments };

function attachments(source: Source): ContentOf<'network'> {
  const networks = record(record(source.json['NetworkSettings'])['Networks']);
  const names = Object.keys(networks).sort();
  return {
    tab: 'network',
    sections: [
      ...names.flatMap(name => attachment(source, name, record(networks[name]))),
      ...facts(vscode.l10n.t('Ports'), portFacts(source)),
      ...facts(vscode.l10n.t('Names'), nameFacts(source)),
    ],
  };
}

function attachment(source: Source, name: string, endpoint: Json): Section[] {
  const title = vscode.l10n.t('Driver options of {0}', shortName(name));
  const options = textMap(endpoint['DriverOpts']);
  return [
    ...facts(vscode.l10n.t('Network {0}', shortName(name)), endpointFacts(source, name, endpoint)),
    ...mapSection(source.handles, title, options, `net.${name}.option`),
  ];
}

function endpointFacts(source: Source, name: string, endpoint: Json): MaybeFact[] {
  const each = (place: string, values: unknown): Value[] =>
    texts(values).map((value, index) =>
      longText(source.handles, `net.${name}.${place}.${index}`, value, { code: true }),
    );
  const address6 = withBits(endpoint['GlobalIPv6Address'], endpoint['GlobalIPv6PrefixLen']);
  return [
    fact(vscode.l10n.t('Network'), objectLink(source.handles, 'network', networkId(source, name, endpoint), name)),
    fact(vscode.l10n.t('IPv4 address'), code(withBits(endpoint['IPAddress'], endpoint['IPPrefixLen']))),
    fact(vscode.l10n.t('IPv4 gateway'), code(text(endpoint['Gateway']))),
    fact(vscode.l10n.t('IPv6 address'), code(address6)),
    fact(vscode.l10n.t('IPv6 gateway'), code(text(endpoint['IPv6Gateway']))),
    fact(vscode.l10n.t('MAC address'), code(text(endpoint['MacAddress']))),
    fact(vscode.l10n.t('Aliases'), ...each('alias', endpoint['Aliases'])),
    fact(vscode.l10n.t('Links'), ...each('link', endpoint['Links'])),
    fact(vscode.l10n.t('Names in DNS'), ...each('dns', endpoint['DNSNames'])),
  ];
}

/** Podman gives a network's name where its id should be. */
function networkId({ mirror }: Source, name: string, endpoint: Json): string {
  const id = text(endpoint['NetworkID']);
  return mirror.get('network', id)?.id ?? mirror.list('network').find(row => row.name === name)?.id ?? id;
}

function withBits(address: unknown, bits: unknown): string {
  const length = number(bits) ?? 0;
  return text(address) && length > 0 ? `${text(address)}/${length}` : text(address);
}

function nameFacts({ json, handles }: Source): MaybeFact[] {
  const config = record(json['Config']);
  const host = record(json['HostConfig']);
  const long = (place: string, value: unknown): Value => longText(handles, place, text(value), { code: true });
  const each = (name: string): Value[] => texts(host[name]).map((value, index) => long(`${name}.${index}`, value));
  return [
    fact(vscode.l10n.t('Host name'), long('hostname', config['Hostname'])),
    fact(vscode.l10n.t('Domain'), long('domain', config['Domainname'])),
    fact(vscode.l10n.t('Network mode'), long('mode', host['NetworkMode'])),
    fact(vscode.l10n.t('DNS servers'), ...each('Dns')),
    fact(vscode.l10n.t('DNS search'), ...each('DnsSearch')),
    fact(vscode.l10n.t('DNS options'), ...each('DnsOptions')),
    fact(vscode.l10n.t('Further hosts'), ...each('ExtraHosts')),
  ];
}

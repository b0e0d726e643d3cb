import * as vscode from 'vscode';
import { record, text } from '../../../../base/read';
import type { Container } from '../../../../engine/objects/containers/row';
import type { Section, Value } from '../../protocol';
import type { Source } from '../source';
import { usersSection } from '../users';
import { code } from '../values';

/** The containers that are attached. The engine lists only those that run; the mirror's rows have the others too. */
export function attachedSection(source: Source): Section {
  const columns = [vscode.l10n.t('IPv4 address'), vscode.l10n.t('IPv6 address'), vscode.l10n.t('MAC address')];
  return usersSection(source, vscode.l10n.t('No container is attached to this network'), columns, user =>
    addressCells(source, user),
  );
}

function addressCells({ json }: Source, user: Container): Value[] {
  const name = text(json['Name']);
  const row = user.networks.find(({ network }) => network === name);
  const attachment = record(record(json['Containers'])[user.id]);
  return [
    code(text(attachment['IPv4Address']) || (row?.address ?? '')),
    code(text(attachment['IPv6Address']) || (row?.address6 ?? '')),
    code(text(attachment['MacAddress'])),
  ];
}

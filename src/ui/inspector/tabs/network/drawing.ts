import * as vscode from 'vscode';
import { compareNames } from '../../../../base/format';
import { text } from '../../../../base/read';
import type { Container } from '../../../../engine/objects/containers/row';
import type { ContentOf, DrawingNode } from '../../protocol';
import type { Source } from '../source';
import type { ReadableTab } from '../tab';

/** The network's containers, and the other networks that they are attached to. */
export const drawing: ReadableTab<'drawing'> = { title: () => vscode.l10n.t('Drawing'), content: drawingOf };

function drawingOf(source: Source): ContentOf<'drawing'> {
  const users = [...source.users].sort((a, b) => compareNames(a.name, b.name));
  const own = text(source.json['Name']);
  const others = new Set(users.flatMap(({ networks }) => networks.map(({ network }) => network)));
  others.delete(own);
  const names = [own, ...[...others].sort(compareNames)];
  return {
    tab: 'drawing',
    nodes: [
      ...names.map(name => networkNode(source, name, name === own)),
      ...users.map(user => userNode(source, user)),
    ],
    edges: users.flatMap(({ id, networks }) =>
      networks.map(({ network, address, address6 }) => ({ container: id, network, address: address || address6 })),
    ),
  };
}

/** Edges refer to a network by its name, as containers do. */
function networkNode({ json, handles, mirror }: Source, name: string, self: boolean): DrawingNode {
  const id = self ? text(json['Id']) : (mirror.list('network').find(row => row.name === name)?.id ?? name);
  return { id: name, kind: 'network', name, link: handles.link({ kind: 'object', object: 'network', id, name }), self };
}

function userNode({ handles }: Source, { id, name }: Container): DrawingNode {
  const link = handles.link({ kind: 'object', object: 'container', id, name });
  return { id, kind: 'container', name, link, self: false };
}

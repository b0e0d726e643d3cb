import { compareNames } from '../../../../base/format';
import { text } from '../../../../base/read';
import type { Container } from '../../../../engine/objects/containers/row';
import type { DrawingNode, TabContent } from '../../protocol';
import type { Source } from '../source';

/** The network's containers, and the other networks that they are attached to. */
export function drawing(source: Source): TabContent {
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

/** Networks are named in the edges by what containers call them. */
function networkNode({ json, ledger, mirror }: Source, name: string, self: boolean): DrawingNode {
  const id = self ? text(json['Id']) : (mirror.list('network').find(row => row.name === name)?.id ?? name);
  return { id: name, kind: 'network', name, link: ledger.link({ kind: 'object', object: 'network', id, name }), self };
}

function userNode({ ledger }: Source, { id, name }: Container): DrawingNode {
  const link = ledger.link({ kind: 'object', object: 'container', id, name });
  return { id, kind: 'container', name, link, self: false };
}

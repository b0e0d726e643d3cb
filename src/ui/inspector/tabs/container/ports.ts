import { record, records, text } from '../../../../base/read';
import { portUrl } from '../../../../engine/objects/containers/ports';
import type { Port } from '../../../../engine/objects/containers/row';
import type { Value } from '../../protocol';
import type { Source } from '../source';
import { fact, type MaybeFact } from '../values';

/** Each port of the container, and where it is published. */
export function portFacts(source: Source): MaybeFact[] {
  const ports = record(record(source.json['NetworkSettings'])['Ports']);
  return Object.keys(ports)
    .sort((a, b) => parseInt(a, 10) - parseInt(b, 10))
    .map(name => fact(name, ...published(source, name, ports[name])));
}

function published({ handles, address }: Source, name: string, bindings: unknown): Value[] {
  const [privatePort = '', protocol = 'tcp'] = name.split('/');
  const all = records(bindings);
  if (all.length === 0) return [{ text: '–', tone: 'quiet' }];
  return all.map(binding => {
    const ip = text(binding['HostIp']);
    const port: Port = {
      ip,
      privatePort: Number(privatePort),
      publicPort: Number(text(binding['HostPort'])) || undefined,
      protocol,
    };
    const shown = `${ip.includes(':') ? `[${ip}]` : ip || '*'}:${port.publicPort ?? ''}`;
    const url = address && portUrl(port, address);
    return url === undefined ? { text: shown } : { text: shown, link: handles.link({ kind: 'url', url }) };
  });
}

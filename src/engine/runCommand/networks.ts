import { type Json, list, record, records, text, textMap, texts } from '../../base/read';
import { csv, type Flag, mapFlags, switchFlag, textFlag, textFlags } from './facts';

/** The flags of `docker run` for ports, names and the first network. */
export function networkFlags(container: Json): Flag[] {
  const host = record(container['HostConfig']);
  const config = record(container['Config']);
  return [
    ...firstNetwork(container),
    ...textFlag('--mac-address', config['MacAddress']),
    ...texts(host['Links']).map(link => ['--link', linkText(link)]),
    ...switchFlag('--publish-all', host['PublishAllPorts']),
    ...published(record(host['PortBindings'])),
    ...textFlags('--dns', host['Dns']),
    ...textFlags('--dns-option', host['DnsOptions']),
    ...textFlags('--dns-search', host['DnsSearch']),
    ...textFlags('--add-host', host['ExtraHosts']),
  ];
}

/** The flags for exposed ports that are not published and that the image does not expose. */
export function exposedFlags(container: Json, image: Json): Flag[] {
  const published = record(record(container['HostConfig'])['PortBindings']);
  const own = record(record(image['Config'])['ExposedPorts']);
  const exposed = Object.keys(record(record(container['Config'])['ExposedPorts']));
  return exposed.filter(port => !(port in published) && !(port in own)).map(port => ['--expose', withoutTcp(port)]);
}

/** `docker network connect` for each network beyond the first, as words. */
export function furtherNetworks(container: Json): string[][] {
  const name = text(container['Name']).replace(/^\//, '');
  const mode = text(record(container['HostConfig'])['NetworkMode']);
  if (mode === 'host' || mode === 'none' || mode.startsWith('container:')) return [];
  const first = firstName(container);
  return Object.entries(networks(container))
    .filter(([network]) => network !== first)
    .map(([network, endpoint]) => {
      const flags = endpointFlags(container, record(endpoint), '--alias');
      const options = mapFlags('--driver-opt', textMap(record(endpoint)['DriverOpts']));
      return ['docker', 'network', 'connect', ...[...flags, ...options].flat(), network, name];
    });
}

function networks(container: Json): Json {
  return record(record(container['NetworkSettings'])['Networks']);
}

const defaultModes: readonly string[] = ['', 'default', 'bridge'];

/** The network of the container's mode, which may be written as an id. */
function firstName(container: Json): string {
  const mode = text(record(container['HostConfig'])['NetworkMode']);
  if (defaultModes.includes(mode)) return 'bridge';
  const byId = Object.entries(networks(container)).find(([, endpoint]) => text(record(endpoint)['NetworkID']) === mode);
  return byId ? byId[0] : mode;
}

function firstNetwork(container: Json): Flag[] {
  const name = firstName(container);
  if (name === 'bridge') return [];
  const endpoint = record(networks(container)[name]);
  const options = Object.entries(textMap(endpoint['DriverOpts'])).map(([key, value]) => `driver-opt=${key}=${value}`);
  const network = options.length > 0 ? csv([`name=${name}`, ...options]) : name;
  return [['--network', network], ...endpointFlags(container, endpoint, '--network-alias')];
}

/** The engine adds the start of the container's id to its aliases. */
function endpointFlags(container: Json, endpoint: Json, aliasFlag: string): Flag[] {
  const short = text(container['Id']).slice(0, 12);
  const ipam = record(endpoint['IPAMConfig']);
  return [
    ...texts(endpoint['Aliases']).flatMap(alias => (alias === short ? [] : [[aliasFlag, alias]])),
    ...textFlag('--ip', ipam['IPv4Address']),
    ...textFlag('--ip6', ipam['IPv6Address']),
    ...textFlags('--link-local-ip', ipam['LinkLocalIPs']),
    ...texts(endpoint['Links']).map(link => ['--link', link]),
  ];
}

/** The engine stores `db:alias` as `/db:/web/alias`. */
function linkText(link: string): string {
  const [target = '', alias = ''] = link.split(':');
  return `${target.replace(/^\//, '')}:${alias.slice(alias.lastIndexOf('/') + 1)}`;
}

function published(bindings: Json): Flag[] {
  return Object.entries(bindings).flatMap(([port, hosts]) => {
    const all = list(hosts).length > 0 ? records(hosts) : [{}];
    return all.map(host => ['--publish', publishText(port, text(host['HostIp']), text(host['HostPort']))]);
  });
}

function publishText(port: string, ip: string, hostPort: string): string {
  const target = withoutTcp(port);
  const address = ip.includes(':') ? `[${ip}]` : ip;
  if (address) return `${address}:${hostPort}:${target}`;
  return hostPort ? `${hostPort}:${target}` : target;
}

function withoutTcp(port: string): string {
  return port.replace(/\/tcp$/, '');
}

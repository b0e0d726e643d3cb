import { type Json, number, record, records, text, texts } from '../../base/read';

const defaultShmBytes = 65_536_000;
/** What Podman gives each container by itself. */
const ownVariables = new Set(['container=podman', 'container=oci', 'TERM=xterm']);
const ownNetwork = 'podman';

/**
 * Podman's inspection of a container as Docker would tell it, so that a `docker run` command made from it can be run:
 * Podman writes its own defaults as if somebody had chosen them, and some values in ways that docker's client refuses.
 */
export function asDockerTells(container: Json): Json {
  const config = record(container['Config']);
  const host = record(container['HostConfig']);
  const settings = record(container['NetworkSettings']);
  const networks = record(settings['Networks']);
  return {
    ...container,
    Config: {
      ...config,
      // Podman lists them in another order each time.
      Env: texts(config['Env'])
        .filter(variable => !ownVariables.has(variable))
        .sort(),
      StopSignal: text(config['StopSignal']) === '15' ? 'SIGTERM' : config['StopSignal'],
      StopTimeout: unless(config['StopTimeout'], 0, 10),
    },
    HostConfig: {
      ...host,
      ...namespaces(host),
      Binds: texts(host['Binds']).map(bind),
      MemorySwappiness: unless(host['MemorySwappiness'], 0),
      NetworkMode: networkMode(text(host['NetworkMode']), networks),
      ShmSize: unless(host['ShmSize'], defaultShmBytes),
      Ulimits: records(host['Ulimits']).map(limit => ({ ...limit, Name: ulimitName(text(limit['Name'])) })),
    },
    NetworkSettings: { ...settings, Networks: renamed(networks) },
  };
}

/** A number; undefined when it is one of those that mean that nobody chose it. */
function unless(value: unknown, ...defaults: readonly number[]): number | undefined {
  const amount = number(value);
  return amount === undefined || defaults.includes(amount) ? undefined : amount;
}

/** Docker's client takes `private` for none of them but IpcMode. */
function namespaces({ PidMode, UTSMode, IpcMode }: Json): Json {
  return {
    PidMode: PidMode === 'private' ? '' : PidMode,
    UTSMode: UTSMode === 'private' ? '' : UTSMode,
    IpcMode: IpcMode === 'shareable' ? '' : IpcMode,
  };
}

/** `bridge` means whatever networks the container is in. */
function networkMode(mode: string, networks: Json): string {
  if (mode !== 'bridge' || ownNetwork in networks) return mode;
  return Object.keys(networks)[0] ?? mode;
}

/** What Podman calls its default network, Docker calls `bridge`. */
function renamed(networks: Json): Json {
  return Object.fromEntries(
    Object.entries(networks).map(([name, endpoint]) => [name === ownNetwork ? 'bridge' : name, endpoint]),
  );
}

/** `RLIMIT_NOFILE` is docker's `nofile`. */
function ulimitName(name: string): string {
  return name.replace(/^RLIMIT_/, '').toLowerCase();
}

/** A bind without the options that Podman adds to each, and those that it adds to each named volume. */
function bind(value: string): string {
  const [, where = value, options = ''] = /^(.*):([^/:][^:]*)$/s.exec(value) ?? [];
  const usual = value.startsWith('/') ? ['rw', 'rprivate', 'rbind'] : ['rw', 'rprivate', 'rbind', 'nosuid', 'nodev'];
  const chosen = options.split(',').filter(option => option !== '' && !usual.includes(option));
  return [where, ...(chosen.length > 0 ? [chosen.join(',')] : [])].join(':');
}

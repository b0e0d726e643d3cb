import { type Json, number, record, records, text, texts } from '../../base/read';

const defaultShmBytes = 65_536_000;
/** What Podman gives every container. */
const ownVariables = new Set(['container=podman', 'container=oci', 'TERM=xterm']);
const ownNetwork = 'podman';

/**
 * Podman's inspection of a container as Docker would write it, so that a `docker run` command made from it works. Podman
 * writes its own defaults as if somebody had chosen them, and some values in a form that docker's client refuses.
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
      // Podman lists them in a different order each time.
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

/** A number; undefined when it is one that means that nobody chose it. */
function unless(value: unknown, ...defaults: readonly number[]): number | undefined {
  const amount = number(value);
  return amount === undefined || defaults.includes(amount) ? undefined : amount;
}

/** Docker's client accepts `private` for IpcMode only. */
function namespaces({ PidMode, UTSMode, IpcMode }: Json): Json {
  return {
    PidMode: PidMode === 'private' ? '' : PidMode,
    UTSMode: UTSMode === 'private' ? '' : UTSMode,
    IpcMode: IpcMode === 'shareable' ? '' : IpcMode,
  };
}

/** `bridge` stands for the networks that the container is in, whatever they are. */
function networkMode(mode: string, networks: Json): string {
  if (mode !== 'bridge' || ownNetwork in networks) return mode;
  return Object.keys(networks)[0] ?? mode;
}

/** Docker calls its default network `bridge`, Podman `podman`. */
function renamed(networks: Json): Json {
  return Object.fromEntries(
    Object.entries(networks).map(([name, endpoint]) => [name === ownNetwork ? 'bridge' : name, endpoint]),
  );
}

/** Podman's `RLIMIT_NOFILE` is docker's `nofile`. */
function ulimitName(name: string): string {
  return name.replace(/^RLIMIT_/, '').toLowerCase();
}

/** A bind without the options that Podman adds to every bind, or to every named volume. */
function bind(value: string): string {
  const [, where = value, options = ''] = /^(.*):([^/:][^:]*)$/s.exec(value) ?? [];
  const usual = value.startsWith('/') ? ['rw', 'rprivate', 'rbind'] : ['rw', 'rprivate', 'rbind', 'nosuid', 'nodev'];
  const chosen = options.split(',').filter(option => option !== '' && !usual.includes(option));
  return [where, ...(chosen.length > 0 ? [chosen.join(',')] : [])].join(':');
}

import { isDeepStrictEqual } from 'node:util';
import { EngineError, toEngineError } from '../errors';
import { type Address, parseAddress, shortName, type TlsFiles } from './address';
import {
  currentContext,
  type DockerContext,
  environmentTls,
  isContextName,
  isUnreadable,
  listContexts,
  readContext,
} from './contexts';
import { defaultSockets, existingDefaultSockets } from './defaultSockets';
import { type Environment, variable } from './environment';

export type { Address, TlsFiles } from './address';

/** Who named an endpoint: a setting, docker's environment variables, a docker context, the user by hand, or nobody. */
export type EndpointSource = 'setting' | 'environment' | 'context' | 'added' | 'default';

/** An address, and where it comes from. */
export interface Endpoint {
  address: Address;
  /** The address as people write it, e.g. `unix:///var/run/docker.sock`. */
  url: string;
  source: EndpointSource;
  /** The context's name, the name given by hand, or a short label such as `Docker`, `Podman (rootless)`, `Colima`. */
  name: string;
  /** Always the same for the same endpoint: `context:colima`, `added:build`, `url:unix:///var/run/docker.sock`. */
  id: string;
}

/** What the choice of an endpoint depends on. */
export interface EndpointContext extends Environment {
  /** The setting `quayside.endpoint`: an address, or the name of an endpoint added by hand or of a docker context. */
  setting: string;
  /** Endpoints added by hand. */
  added?: readonly AddedEndpoint[];
}

/** An endpoint added by hand. */
export interface AddedEndpoint {
  name: string;
  /** As {@link parseAddress} reads it. */
  url: string;
  tls?: TlsFiles;
}

/** No context has this name: docker calls its own choice so. */
const dockersOwn = 'default';

interface Known {
  id: string;
  name: string;
  source: EndpointSource;
  /** A context's own description, or ''. */
  description: string;
  /** The value of the setting `quayside.endpoint` that chooses it. */
  choice: string;
}

/** An endpoint to choose from, or one that cannot be used, with the reason. */
export type KnownEndpoint = Known &
  ({ endpoint: Endpoint; error?: undefined } | { endpoint?: undefined; error: EngineError });

/** An endpoint to choose from. Unless told otherwise, its address chooses it. */
export function usable(endpoint: Endpoint, more: Partial<Pick<Known, 'choice' | 'description'>> = {}): KnownEndpoint {
  const { id, name, source, url } = endpoint;
  return { id, name, source, description: '', choice: url, ...more, endpoint };
}

/** An endpoint that cannot be used. Unless told otherwise, its name chooses it. */
export function unusable(
  source: EndpointSource,
  name: string,
  error: EngineError,
  more: Partial<Pick<Known, 'id' | 'choice'>> = {},
): KnownEndpoint {
  return { id: `${source}:${name}`, name, source, description: '', choice: name, ...more, error };
}

/**
 * The endpoints to try, in order, chosen as docker's own command does: the setting, else `DOCKER_HOST`, else
 * `DOCKER_CONTEXT`, else the current context of docker's configuration, else the default sockets. An endpoint that is
 * named is the only one tried. Rejects with an EngineError (invalid, unsupported, notFound) if it cannot be used.
 */
export function endpointCandidates(context: EndpointContext): Promise<Endpoint[]> {
  return candidatesBy(context, quietCurrentContext);
}

/**
 * The same for somebody who is connected. Undefined while the files that choose cannot be read, e.g. as they are being
 * written; an empty list when the chosen endpoint cannot be used.
 */
export function readableCandidates(context: EndpointContext): Promise<Endpoint[] | undefined> {
  return candidatesBy(context, currentContext).catch((error: unknown) => (isUnreadable(error) ? undefined : []));
}

async function candidatesBy(
  context: EndpointContext,
  chosenContext: (environment: Environment) => Promise<string>,
): Promise<Endpoint[]> {
  const setting = context.setting.trim();
  if (setting && setting !== dockersOwn) return [await fromSetting(context, setting)];
  const host = variable(context, 'DOCKER_HOST');
  if (host) return [parseEndpoint(host, 'environment', environmentTls(context))];
  const name = setting === dockersOwn ? '' : (variable(context, 'DOCKER_CONTEXT') ?? (await chosenContext(context)));
  if (name && name !== dockersOwn) return [fromContext(await readContext(context, name))];
  const { good } = await listContexts(context);
  return (await defaultSockets(context)).map(socket => identified(fromDefault(socket), good));
}

/** Every endpoint known on this machine: added by hand, `DOCKER_HOST`, contexts, and default sockets that exist. */
export async function knownEndpoints(context: EndpointContext): Promise<KnownEndpoint[]> {
  const { good, broken } = await listContexts(context);
  const contexts = good.map(one => usable(fromContext(one), { choice: one.name, description: one.description }));
  const unreadable = broken.map(({ name, error }) => unusable('context', name, error));
  const sockets = (await existingDefaultSockets(context)).map(fromDefault).filter(isNoneOf(good));
  return [
    ...(context.added ?? []).map(one => attempt('added', one.name, () => addedEndpoint(one))),
    ...environmentEndpoint(context),
    ...[...contexts, ...unreadable, ...(await brokenConfiguration(context))],
    ...sockets.map(endpoint => usable(endpoint)),
  ];
}

/** Reads an address into an endpoint without another name. Throws an EngineError (invalid, unsupported). */
export function parseEndpoint(text: string, source: EndpointSource, tls?: TlsFiles): Endpoint {
  const { address, url } = parseAddress(text, tls);
  return { address, url, source, name: shortName(address), id: `url:${url}` };
}

async function fromSetting(context: EndpointContext, setting: string): Promise<Endpoint> {
  const added = context.added?.find(({ name }) => name === setting);
  if (added) return addedEndpoint(added);
  if (isContextName(setting)) return fromContext(await readContext(context, setting));
  const endpoint = parseEndpoint(setting, 'setting', environmentTls(context));
  return identified(endpoint, (await listContexts(context)).good);
}

/** docker's own command warns about a configuration that it cannot read, and goes on without it. */
function quietCurrentContext(context: Environment): Promise<string> {
  return currentContext(context).catch(() => '');
}

/** A configuration that cannot be read is listed among the broken contexts: it should have named the current one. */
function brokenConfiguration(context: EndpointContext): Promise<KnownEndpoint[]> {
  return currentContext(context).then(
    () => [],
    (error: unknown) => [unusable('context', 'config.json', toEngineError(error))],
  );
}

function fromContext({ name, address, url }: DockerContext): Endpoint {
  return { address, url, source: 'context', name, id: `context:${name}` };
}

/** An endpoint added by hand. Throws an EngineError (invalid, unsupported). */
export function addedEndpoint({ name, url, tls }: AddedEndpoint): Endpoint {
  if (name === dockersOwn) {
    throw new EngineError('invalid', { code: 'engineNameReserved', name });
  }
  return { ...parseEndpoint(url, 'added', tls), name, id: `added:${name}` };
}

function fromDefault({ url, name }: { url: string; name: string }): Endpoint {
  return { ...parseEndpoint(url, 'default'), name };
}

function environmentEndpoint(context: EndpointContext): KnownEndpoint[] {
  const host = variable(context, 'DOCKER_HOST');
  if (!host) return [];
  return [attempt('environment', host, () => parseEndpoint(host, 'environment', environmentTls(context)))];
}

/** Whether two endpoints lead to the same engine: they have the same address and the same TLS files. */
export function isSameEngine(a: Endpoint, b: Endpoint): boolean {
  return isDeepStrictEqual(a.address, b.address);
}

/** A socket that a context leads to goes by the name of that context. */
function identified(endpoint: Endpoint, contexts: readonly DockerContext[]): Endpoint {
  const same = contexts.find(({ address }) => isDeepStrictEqual(address, endpoint.address));
  return same ? { ...endpoint, name: same.name, id: `context:${same.name}` } : endpoint;
}

function isNoneOf(contexts: readonly DockerContext[]): (endpoint: Endpoint) => boolean {
  return endpoint => identified(endpoint, contexts) === endpoint;
}

function attempt(source: EndpointSource, name: string, make: () => Endpoint): KnownEndpoint {
  try {
    const endpoint = make();
    return usable(endpoint, source === 'environment' ? {} : { choice: name });
  } catch (error) {
    if (error instanceof EngineError) return unusable(source, name, error);
    throw error;
  }
}

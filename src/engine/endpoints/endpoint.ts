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
import { type Surroundings, variable } from './environment';

export type { Address, TlsFiles } from './address';

/** Who named an endpoint: a setting, docker's environment variables, a docker context, the user by hand, or nobody. */
export type EndpointSource = 'setting' | 'environment' | 'context' | 'added' | 'default';

/** An address, and who named it. */
export interface Endpoint {
  address: Address;
  /** The address as people write it, e.g. `unix:///var/run/docker.sock`. */
  url: string;
  source: EndpointSource;
  /** The context's name, the name given by hand, or a short label such as `Docker`, `Podman (rootless)`, `Colima`. */
  name: string;
  /** The same for the same endpoint at any time: `context:colima`, `added:build`, `url:unix:///var/run/docker.sock`. */
  id: string;
}

/** What the choice of an endpoint depends on. */
export interface EndpointContext extends Surroundings {
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

/** Names no context: what docker takes without one. */
const dockersOwn = 'default';

interface Known {
  id: string;
  name: string;
  source: EndpointSource;
  /** A context's own words on itself, or ''. */
  description: string;
  /** What to write in the setting `quayside.endpoint` to choose it. */
  choice: string;
}

/** An endpoint to choose from, or one that cannot be used and why. */
export type KnownEndpoint = Known &
  ({ endpoint: Endpoint; error?: undefined } | { endpoint?: undefined; error: EngineError });

/**
 * The endpoints to try, in order, chosen as docker's own command does: the setting, else `DOCKER_HOST`, else
 * `DOCKER_CONTEXT`, else the current context of docker's configuration, else the default sockets. One that is named is
 * the only one tried. Rejects with an EngineError (invalid, unsupported, notFound) for one that cannot be used.
 */
export function endpointCandidates(context: EndpointContext): Promise<Endpoint[]> {
  return candidatesBy(context, quietCurrentContext);
}

/**
 * The same for one who is connected: undefined while the files that say so cannot be read, e.g. as they are being written,
 * and none where what is chosen cannot be used.
 */
export function readableCandidates(context: EndpointContext): Promise<Endpoint[] | undefined> {
  return candidatesBy(context, currentContext).catch((error: unknown) => (isUnreadable(error) ? undefined : []));
}

async function candidatesBy(
  context: EndpointContext,
  chosenContext: (around: Surroundings) => Promise<string>,
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

/** Every endpoint that is known here: added by hand, `DOCKER_HOST`, contexts, and default sockets that exist. */
export async function knownEndpoints(context: EndpointContext): Promise<KnownEndpoint[]> {
  const { good, broken } = await listContexts(context);
  const contexts = good.map(one => ({ ...knownAs(fromContext(one), one.name), description: one.description }));
  const unusable = broken.map(({ name, error }) => unknown('context', name, error));
  const sockets = (await existingDefaultSockets(context)).map(fromDefault).filter(isNoneOf(good));
  return [
    ...(context.added ?? []).map(one => attempt('added', one.name, () => addedEndpoint(one))),
    ...environmentEndpoint(context),
    ...[...contexts, ...unusable, ...(await brokenConfiguration(context))],
    ...sockets.map(endpoint => knownAs(endpoint)),
  ];
}

/** Reads the address of an endpoint, which has no other name. Throws an EngineError (invalid, unsupported). */
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

/** docker's own command warns of a configuration that it cannot read, and goes on without. */
function quietCurrentContext(context: Surroundings): Promise<string> {
  return currentContext(context).catch(() => '');
}

/** A configuration that cannot be read names no current context: it stands among the contexts that are broken. */
function brokenConfiguration(context: EndpointContext): Promise<KnownEndpoint[]> {
  return currentContext(context).then(
    () => [],
    (error: unknown) => [unknown('context', 'config.json', toEngineError(error))],
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

/** Whether two endpoints are one engine, whatever they are called: the same address, with the same TLS files. */
export function isSameEngine(a: Endpoint, b: Endpoint): boolean {
  return isDeepStrictEqual(a.address, b.address);
}

/** A socket that a context leads to is that context's. */
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
    return source === 'environment' ? knownAs(endpoint) : knownAs(endpoint, name);
  } catch (error) {
    if (error instanceof EngineError) return unknown(source, name, error);
    throw error;
  }
}

/** An endpoint as one to choose from, by its address or another text that chooses it. */
export function knownAs(endpoint: Endpoint, choice = endpoint.url): Extract<KnownEndpoint, { endpoint: Endpoint }> {
  const { id, name, source } = endpoint;
  return { id, name, source, description: '', choice, endpoint };
}

function unknown(source: EndpointSource, name: string, error: EngineError): KnownEndpoint {
  return { id: `${source}:${name}`, name, source, description: '', choice: name, error };
}

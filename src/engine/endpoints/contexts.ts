import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { record, text } from '../../base/read';
import { EngineError, errorCode, isEngineError } from '../errors';
import { type Address, parseAddress, type TlsFiles } from './address';
import { type Environment, variable } from './environment';
import { fileProblem, readPlainFile, UnusableFile } from './plainFile';

/** A context of the docker command, read from disk. */
export interface DockerContext {
  name: string;
  description: string;
  address: Address;
  url: string;
}

/** A context whose file cannot be used, and why. It has its folder's name where the file has none. */
export interface BrokenContext {
  name: string;
  error: EngineError;
}

const contextName = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/;

/** Whether docker's command accepts this name for a context. */
export function isContextName(name: string): boolean {
  return contextName.test(name);
}

/** The folder of docker's configuration: `DOCKER_CONFIG`, else `~/.docker`. */
export function dockerFolder(environment: Environment): string {
  return variable(environment, 'DOCKER_CONFIG') ?? join(environment.home, '.docker');
}

/** Docker's configuration, which names the current context. */
export function configFile(environment: Environment): string {
  return join(dockerFolder(environment), 'config.json');
}

/** The `currentContext` of docker's configuration, or ''. Throws an EngineError (invalid) when that cannot be read. */
export async function currentContext(environment: Environment): Promise<string> {
  const file = configFile(environment);
  const content = await readJson(file).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return {};
    throw new EngineError(
      'invalid',
      { code: 'configurationUnusable', file, problem: fileProblem(error) },
      { cause: error },
    );
  });
  return text(record(content)['currentContext']);
}

/** Whether a file of docker's exists and cannot be read, e.g. as it is half written. It tells nothing then. */
export function isUnreadable(error: unknown): boolean {
  if (!isEngineError(error, 'invalid') || error.cause instanceof EngineError) return false;
  return error.cause instanceof SyntaxError || errorCode(error.cause) !== '';
}

/** All contexts on disk, by name. */
export async function listContexts(
  environment: Environment,
): Promise<{ good: DockerContext[]; broken: BrokenContext[] }> {
  const ids = await readdir(metaFolder(environment)).catch((): string[] => []);
  const good: DockerContext[] = [];
  const broken: BrokenContext[] = [];
  for (const id of ids) {
    if (!existsSync(metaFile(environment, id))) continue;
    try {
      good.push(await readById(environment, id));
    } catch (error) {
      if (!(error instanceof UnusableContext)) throw error;
      broken.push({ name: error.contextName || id.slice(0, 12), error });
    }
  }
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  return { good: good.sort(byName), broken: broken.sort(byName) };
}

/** One context by its name. Throws an EngineError (notFound, invalid, unsupported). */
export async function readContext(environment: Environment, name: string): Promise<DockerContext> {
  const id = createHash('sha256').update(name, 'utf8').digest('hex');
  if (!isContextName(name) || !existsSync(metaFile(environment, id))) {
    throw new EngineError('notFound', { code: 'contextNotFound', name });
  }
  return readById(environment, id);
}

class UnusableContext extends EngineError {
  constructor(
    readonly contextName: string,
    cause: unknown,
  ) {
    const kind = cause instanceof EngineError ? cause.kind : 'invalid';
    super(kind, { code: 'contextUnusable', name: contextName, problem: fileProblem(cause) }, { cause });
  }
}

async function readById(environment: Environment, id: string): Promise<DockerContext> {
  let name = '';
  try {
    const meta = record(await readJson(metaFile(environment, id)));
    name = text(meta['Name']);
    if (createHash('sha256').update(name, 'utf8').digest('hex') !== id || !isContextName(name)) {
      throw new UnusableFile('misplaced');
    }
    const endpoint = record(meta['Endpoints'])['docker'];
    if (endpoint === undefined) throw new UnusableFile('withoutDockerEndpoint');
    const host = text(record(endpoint)['Host']) || platformDefault(environment);
    const tls = tlsFiles(join(dockerFolder(environment), 'contexts', 'tls', id, 'docker'));
    const skipVerify = record(endpoint)['SkipTLSVerify'] === true;
    const given = tls || skipVerify ? { ...tls, skipVerify } : undefined;
    return { name, description: text(record(meta['Metadata'])['Description']), ...parseAddress(host, given) };
  } catch (error) {
    throw new UnusableContext(name, error);
  }
}

/** Where docker's own client connects to when nothing else is chosen. */
export function platformDefault({ platform }: Environment): string {
  return platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
}

/**
 * The certificates that docker's environment variables name, where these ask for TLS. Any text in `DOCKER_TLS_VERIFY`
 * does (even `0`). So does any text in `DOCKER_TLS`, without verification.
 */
export function environmentTls(environment: Environment): TlsFiles | undefined {
  const verify = variable(environment, 'DOCKER_TLS_VERIFY');
  if (verify === undefined && variable(environment, 'DOCKER_TLS') === undefined) return undefined;
  const folder = variable(environment, 'DOCKER_CERT_PATH') ?? dockerFolder(environment);
  const found = tlsFiles(folder) ?? {};
  return verify ? { ...found, ca: join(folder, 'ca.pem'), skipVerify: false } : { ...found, skipVerify: true };
}

function tlsFiles(folder: string): Pick<TlsFiles, 'ca' | 'cert' | 'key'> | undefined {
  const found = (['ca', 'cert', 'key'] as const).filter(part => existsSync(join(folder, `${part}.pem`)));
  return found.length === 0 ? undefined : Object.fromEntries(found.map(part => [part, join(folder, `${part}.pem`)]));
}

function metaFolder(environment: Environment): string {
  return join(dockerFolder(environment), 'contexts', 'meta');
}

function metaFile(environment: Environment, id: string): string {
  return join(metaFolder(environment), id, 'meta.json');
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse((await readPlainFile(file)).toString('utf8'));
}

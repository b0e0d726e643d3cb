import type { IncomingMessage } from 'node:http';
import { fromSeconds, number, record, records, text, textMap, texts, type Json } from '../../../base/read';
import type { Engine } from '../../connection/connection';
import type { Signalled } from '../containers/operations';
import { EngineError, ofWrite, toEngineError } from '../../errors';
import { readJsonLines } from '../../client/lines';
import { pruneReport, type PruneReport } from '../prune';
import { none, type ResourceKind, type Row } from '../resource';

/** An image as its row shows it. */
export interface Image extends Row {
  /** References such as `nginx:1.27`; empty for a dangling image. */
  tags: readonly string[];
  /** References such as `nginx@sha256:…`. */
  digests: readonly string[];
  /** The image that it was built or committed from here; empty where the engine knows of none. */
  parent: string;
  /** Milliseconds since the epoch. */
  created: number;
  /** Bytes, shared layers included. */
  size: number;
  labels: Readonly<Record<string, string>>;
}

export const imageKind: ResourceKind<Image> = {
  async list(engine, _ids, signal) {
    return records(await engine.client.read({ path: '/images/json', signal })).map(imageRow);
  },
  /** The list cannot be filtered by id, and untagging may hide or show other images: any event touches all. */
  touchedBy({ type, action }) {
    return type === 'image' || (type === 'container' && action === 'commit') ? 'all' : none;
  },
};

/** A row of `GET /images/json`. Untagged images come as null, [] or `<none>:<none>`. */
export function imageRow(entry: Json): Image {
  return {
    id: imageId(text(entry['Id'])),
    tags: texts(entry['RepoTags'])
      .filter(tag => !tag.startsWith('<none>'))
      .sort(),
    digests: texts(entry['RepoDigests'])
      .filter(digest => !digest.startsWith('<none>'))
      .sort(),
    parent: imageId(text(entry['ParentId'])),
    created: fromSeconds(entry['Created']) ?? 0,
    size: number(entry['Size']) ?? 0,
    labels: textMap(entry['Labels']),
  };
}

/** Podman leaves the algorithm out in places. */
export function imageId(id: string): string {
  return id === '' || id.includes(':') ? id : `sha256:${id}`;
}

/** Splits `host:5000/team/name:tag` into repository and tag; the tag is empty when there is none. */
export function splitReference(reference: string): { repository: string; tag: string } {
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return { repository: reference, tag: '' };
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

/** A reference keeps its slashes in the path; everything else is encoded. */
const at = (reference: string, action?: string): string =>
  `/images/${reference.split('/').map(encodeURIComponent).join('/')}${action === undefined ? '' : `/${action}`}`;

/** `GET /images/{reference}/json`, as the engine gives it. */
export async function inspect(engine: Engine, reference: string, options: Signalled = {}): Promise<Json> {
  return record(await engine.client.read({ path: at(reference, 'json'), signal: options.signal }));
}

/** One layer, or one instruction that made none. */
export interface HistoryEntry {
  /** Empty where the layer was built elsewhere. */
  id: string;
  created: number;
  createdBy: string;
  size: number;
  tags: readonly string[];
  comment: string;
}

/** `GET /images/{reference}/history`, the newest first. */
export async function history(engine: Engine, reference: string, options: Signalled = {}): Promise<HistoryEntry[]> {
  const answer = await engine.client.read({ path: at(reference, 'history'), signal: options.signal });
  return records(answer).map(entry => ({
    id: text(entry['Id']) === '<missing>' ? '' : text(entry['Id']),
    created: fromSeconds(entry['Created']) ?? 0,
    createdBy: text(entry['CreatedBy']),
    size: number(entry['Size']) ?? 0,
    tags: texts(entry['Tags']),
    comment: text(entry['Comment']),
  }));
}

export interface RemoveImageOptions extends Signalled {
  /** Removes all of an image's tags, and an image that stopped containers use. */
  force?: boolean;
  /** Keeps untagged parents. */
  noprune?: boolean;
}

/** `DELETE /images/{reference}`: what was untagged and what was deleted. A tag of several only untags. */
export async function remove(
  engine: Engine,
  reference: string,
  options: RemoveImageOptions = {},
): Promise<{ untagged: string[]; deleted: string[] }> {
  const query = { force: options.force, noprune: options.noprune };
  const answer = records(
    await engine.client.call({ method: 'DELETE', path: at(reference), query, signal: options.signal }),
  );
  return {
    untagged: answer.map(entry => text(entry['Untagged'])).filter(Boolean),
    deleted: answer.map(entry => text(entry['Deleted'])).filter(Boolean),
  };
}

/** `POST /images/{reference}/tag`. */
export async function tag(
  engine: Engine,
  reference: string,
  options: Signalled & { repository: string; tag: string },
): Promise<void> {
  const query = { repo: options.repository, tag: options.tag };
  await engine.client.call({ method: 'POST', path: at(reference, 'tag'), query, signal: options.signal });
}

/** `POST /images/prune`: removes dangling images, or with `all` every image that no container uses. */
export async function prune(engine: Engine, options: Signalled & { all?: boolean } = {}): Promise<PruneReport> {
  const { all = false, signal } = options;
  const request =
    all && engine.identity.flavour === 'podman'
      ? { path: '/libpod/images/prune', query: { all } } // Its Docker-compatible API knows dangling images only.
      : { path: '/images/prune', query: { filters: { dangling: [String(!all)] } } };
  const answer = await engine.client.call({ method: 'POST', ...request, signal });
  return pruneReport(answer, 'ImagesDeleted');
}

/** One line of a pull: the state of a layer, or of the whole when there is no layer. */
export interface PullProgress {
  /** The layer's short id; empty for lines about the whole. */
  layer: string;
  status: string;
  /** Bytes done and in all, where the engine counts them. */
  current: number | undefined;
  total: number | undefined;
}

export interface PullOptions extends Signalled {
  /** E.g. `linux/arm64`; the engine's own when not given. */
  platform?: string | undefined;
}

/**
 * `POST /images/create`: pulls one image and yields its progress. Leaving the loop or aborting cancels the pull. Throws
 * an EngineError also for a failure that the engine tells within the stream; one whose `answerLost` is set leaves open
 * whether the image came.
 */
export async function* pull(
  engine: Engine,
  reference: string,
  options: PullOptions = {},
): AsyncGenerator<PullProgress> {
  const query = { ...pullTarget(reference), platform: options.platform };
  const request = { method: 'POST', path: '/images/create', query, signal: options.signal } as const;
  let response: IncomingMessage | undefined;
  try {
    response = await engine.client.stream(request);
    for await (const value of readJsonLines(response)) {
      const line = record(value);
      const failure = text(record(line['errorDetail'])['message']) || text(line['error']);
      if (failure) throw new EngineError('failed', failure);
      yield pullProgress(line);
    }
  } catch (error) {
    const failure = toEngineError(error, options.signal);
    throw failure.kind === 'unreachable' ? ofWrite(failure, !engine.client.closed) : failure;
  } finally {
    response?.destroy();
  }
}

/** Without a tag the engine would pull every tag of the repository. */
function pullTarget(reference: string): { fromImage: string; tag?: string } {
  if (reference.includes('@')) return { fromImage: reference };
  const { repository, tag } = splitReference(reference);
  return { fromImage: repository, tag: tag || 'latest' };
}

function pullProgress(line: Json): PullProgress {
  const detail = record(line['progressDetail']);
  const id = text(line['id']);
  return {
    layer: /^[0-9a-f]{12}$/.test(id) ? id : '',
    status: text(line['status']),
    current: number(detail['current']),
    total: number(detail['total']),
  };
}

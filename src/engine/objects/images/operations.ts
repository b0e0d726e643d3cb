import { fromSeconds, type Json, number, record, records, text, texts } from '../../../base/read';
import type { CallOptions, Engine } from '../../connection/engine';
import { pruneReport, type PruneReport } from '../prune';

/** A reference keeps its slashes in the path; everything else is encoded. */
const at = (reference: string, action?: string): string =>
  `/images/${reference.split('/').map(encodeURIComponent).join('/')}${action === undefined ? '' : `/${action}`}`;

/** `GET /images/{reference}/json`, as the engine gives it. */
export async function inspect(engine: Engine, reference: string, options: CallOptions = {}): Promise<Json> {
  return record(await engine.client.read({ path: at(reference, 'json'), signal: options.signal }));
}

/** One layer, or one instruction of the build that made no layer. */
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
export async function history(engine: Engine, reference: string, options: CallOptions = {}): Promise<HistoryEntry[]> {
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

export interface RemoveImageOptions extends CallOptions {
  /** Removes the image even if it has several tags, or if stopped containers use it. */
  force?: boolean;
  /** Keeps the image's untagged parents. */
  noprune?: boolean;
}

/** `DELETE /images/{reference}`: what was untagged and what was deleted. If the image has further tags, the given tag is all that goes. */
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
  options: CallOptions & { repository: string; tag: string },
): Promise<void> {
  const query = { repo: options.repository, tag: options.tag };
  await engine.client.call({ method: 'POST', path: at(reference, 'tag'), query, signal: options.signal });
}

/** `POST /images/prune`: removes dangling images, or with `all` every image that no container uses. */
export async function prune(engine: Engine, options: CallOptions & { all?: boolean } = {}): Promise<PruneReport> {
  const { all = false, signal } = options;
  const request =
    all && engine.identity.flavour === 'podman'
      ? { path: '/libpod/images/prune', query: { all } } // Its Docker-compatible API removes dangling images only.
      : { path: '/images/prune', query: { filters: { dangling: [String(!all)] } } };
  const answer = await engine.client.call({ method: 'POST', ...request, signal });
  return pruneReport(answer, 'ImagesDeleted');
}

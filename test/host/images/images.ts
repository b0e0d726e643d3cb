import type { Subject } from '../../../src/ui/objects/subject';
import { api, emptyEngine, inspect, newContainer, node, quayside, until } from '../setup';

export interface Inspected {
  Id: string;
  RepoTags: string[];
}

/** What the engine tells of an image; undefined when it has none. */
export const inspected = (reference: string): Promise<Inspected | undefined> =>
  inspect<Inspected>(`/images/${reference}/json`);

export const has = async (reference: string): Promise<boolean> => (await inspected(reference)) !== undefined;

/** A row of an image, or of one of its tags, as VS Code passes it to a command. */
export function imageNode(id: string, reference?: string): { subject: Subject } {
  return node({ kind: 'image', id, ...(reference !== undefined && { reference }) });
}

/** An image of its own with these tags (at least one); returns its id when Quayside has listed it so. */
export async function newImage(...tags: readonly string[]): Promise<string> {
  const container = await newContainer();
  const [first = 'made', ...others] = tags;
  const comment = `${performance.now()}`;
  const { Id } = (await api('POST', `/commit?container=${container}&repo=${first}&tag=latest&comment=${comment}`)) as {
    Id: string;
  };
  for (const tag of others) await api('POST', `/images/${Id}/tag?repo=${tag}&tag=latest`);
  await api('DELETE', `/containers/${container}`);
  await tagged(Id, tags);
  return Id;
}

/** A tagged image that was made from one without a tag; both ids, when Quayside has listed the tagged one. */
export async function newFamily(tag: string): Promise<[parent: string, child: string]> {
  const parent = await newImage(`${tag}-parent`);
  const container = await newContainer({ image: parent });
  const path = `/commit?container=${container}&repo=${tag}&tag=latest`;
  const { Id } = (await api('POST', path, { Env: ['CHILD=yes'] })) as { Id: string };
  await api('DELETE', `/containers/${container}`);
  await api('DELETE', `/images/${tag}-parent:latest`);
  await tagged(Id, [tag]);
  const rows = await quayside();
  await until('the parent is listed no more', () => rows.list('image').every(({ id }) => id !== parent));
  return [parent, Id];
}

/** Waits until Quayside lists an image with these tags. */
export async function tagged(id: string, tags: readonly string[]): Promise<void> {
  const rows = await quayside();
  const wanted = tags.map(tag => `${tag}:latest`).sort();
  await until(`the image is listed as ${wanted.join(', ')}`, () => {
    const row = rows.list('image').find(image => image.id === id);
    return row?.tags.join() === wanted.join();
  });
}

/** Empties the engine but for busybox:latest, and waits until Quayside has its rows. */
export async function onlyBusybox(): Promise<void> {
  await emptyEngine();
  const images = (await api('GET', '/images/json')) as { Id: string; RepoTags: string[] | null }[];
  for (const { Id, RepoTags } of images) {
    const others = RepoTags?.filter(tag => tag !== 'busybox:latest' && !tag.startsWith('<none>')) ?? [];
    for (const tag of others) await api('DELETE', `/images/${tag}`);
    if (!RepoTags?.includes('busybox:latest') && others.length === 0) await api('DELETE', `/images/${Id}?force=1`);
  }
  const rows = await quayside();
  await until(
    'only busybox is left',
    () =>
      rows
        .list('image')
        .flatMap(({ tags }) => tags)
        .join() === 'busybox:latest',
  );
}

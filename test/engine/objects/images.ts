import assert from 'node:assert/strict';
import { imageId } from '../../../src/engine/objects/images/reference';
import type { EngineUnderTest } from '../engines';

/** The image that every engine under test has. */
export async function busybox(on: EngineUnderTest): Promise<string> {
  return (await on.inspect('busybox')).Id;
}

/** Imports an image of its own; returns its id. Without a name it dangles. */
export async function build(on: EngineUnderTest, name?: string): Promise<string> {
  const before = new Set(await ids(on));
  await on.test.api('POST', '/images/create?fromSrc=-', tarOf(`file${before.size}`));
  const made = (await ids(on)).find(id => !before.has(id)) ?? assert.fail('Nothing was imported');
  const [repo = '', tag = ''] = name?.split(':') ?? [];
  if (name !== undefined) await on.test.api('POST', `/images/${made}/tag?repo=${repo}&tag=${tag}`);
  return made;
}

/** Commits an image of two layers. */
export async function commit(on: EngineUnderTest, name: string): Promise<void> {
  const container = await on.create('box', { command: ['none'] });
  const [repo = '', tag = ''] = name.split(':');
  const changes = encodeURIComponent('CMD ["<b>&", "a\\tb"]');
  const query = `container=box&repo=${repo}&tag=${tag}&comment=by%20hand&changes=${changes}`;
  await on.test.api('POST', `/commit?${query}`, { Env: ['C=d'] });
  await on.test.api('DELETE', `/containers/${container}`);
}

/** The names of all images, without the registry that Podman names where Docker leaves it out. */
export async function tags(on: EngineUnderTest): Promise<string[]> {
  const listed = (await on.test.api('GET', '/images/json')) as { RepoTags: string[] | null }[];
  return listed.flatMap(({ RepoTags }) => RepoTags ?? []).flatMap(tag => (tag.startsWith('<none>') ? [] : bare(tag)));
}

export async function exists(on: EngineUnderTest, id: string): Promise<boolean> {
  return (await ids(on)).includes(id);
}

/** A tag without the registry that Podman names where Docker leaves it out. */
export function bare(tag: string): string {
  return tag.replace(/^(docker\.io\/library|localhost)\//, '');
}

/** Removes each image but busybox:latest. */
export async function removeOwn(on: EngineUnderTest): Promise<void> {
  const own = (await on.test.api('GET', '/images/json')) as { Id: string; RepoTags: string[] | null }[];
  for (const { Id, RepoTags } of own) {
    const others = (RepoTags ?? []).filter(tag => bare(tag) !== 'busybox:latest');
    const names = RepoTags?.some(tag => bare(tag) === 'busybox:latest') ? others : [Id];
    for (const name of names) await on.test.api('DELETE', `/images/${name}?force=1`);
  }
}

async function ids(on: EngineUnderTest): Promise<string[]> {
  const listed = (await on.test.api('GET', '/images/json')) as { Id: string }[];
  return listed.map(({ Id }) => imageId(Id));
}

/** A tar archive with one small file. */
function tarOf(name: string): Buffer {
  const content = Buffer.alloc(512, name);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0' + '0000000\0' + '0000000\0' + '00000001000\0' + '00000000000\0', 100);
  header.write('        0', 148);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc(1024)]);
}

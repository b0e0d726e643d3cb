import { fromSeconds, type Json, number, records, text, textMap, texts } from '../../../base/read';
import { none, type ResourceKind, type Row } from '../resource';
import { imageEvents } from './events';
import { imageId } from './reference';

/** An image as its row shows it. */
export interface Image extends Row {
  /** References such as `nginx:1.27`; empty for a dangling image. */
  tags: readonly string[];
  /** References such as `nginx@sha256:…`. */
  digests: readonly string[];
  /** The image on this engine that it was built or committed from; empty where the engine knows of none. */
  parent: string;
  /** Milliseconds since the epoch. */
  created: number;
  /** Bytes, shared layers included. */
  size: number;
  labels: Readonly<Record<string, string>>;
}

export const imageKind: ResourceKind<Image> = {
  events: [imageEvents, { type: 'container', actions: ['commit'] }],
  async list(engine, _ids, signal) {
    return records(await engine.client.read({ path: '/images/json', signal })).map(imageRow);
  },
  /** The list has no filter for ids, and removing a tag may hide or show other images: any event touches all. */
  touchedBy({ type, action }) {
    return type === 'image' || (type === 'container' && action === 'commit') ? 'all' : none;
  },
  /** The engine sends no event when a build leaves an untagged image; a container made of it is the first sign. */
  touchedByChange: ({ newlyUsed }, view) => (newlyUsed.every(id => view.has(id)) ? none : 'all'),
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

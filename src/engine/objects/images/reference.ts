/** An image's id with its algorithm, which Podman leaves out in places. */
export function imageId(id: string): string {
  return id === '' || id.includes(':') ? id : `sha256:${id}`;
}

/** Splits `host:5000/team/name:tag` into repository and tag; the tag is empty when there is none. */
export function splitReference(reference: string): { repository: string; tag: string } {
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return { repository: reference, tag: '' };
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

import type { EventSource } from '../../connection/events';

/** What may change the row of an image, or of a container that names it. */
export const imageEvents: EventSource = {
  type: 'image',
  actions: ['tag', 'untag', 'delete', 'load', 'import', 'pull', 'push', 'prune'],
  podman: { remove: 'delete', loadfromarchive: 'load', build: 'build' },
};

import type { Kind } from '../../engine/mirror/kinds';

/**
 * The view of a kind's objects. Its commands, its context keys and what the workspace keeps of it begin with this id.
 */
export function viewOf<K extends Kind>(kind: K): `quayside.${K}s` {
  return `quayside.${kind}s`;
}

import type { MirrorView } from '../../../src/engine/objects/resource';

/** What a kind sees of a mirror that has listed an engine on which there is nothing. */
export const emptyView: MirrorView<never> = { flavour: 'docker', listed: true, rows: () => [], has: () => false };

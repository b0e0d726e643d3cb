import { inspect } from '../../../engine/objects/volumes';
import { volumes } from '../../objects/volumes';
import { copyOf } from '../copying';
import { inspectionOf, inspectorOf } from '../inspecting';
import type { ObjectCommands } from '../table';
import { create } from './creation';
import { prune, pruneAll } from './pruning';
import { remove } from './removal';

export const volumeCommands: ObjectCommands = {
  commands: {
    'quayside.volume.create': create,
    'quayside.volume.openInspector': inspectorOf(volumes, 'volume', ({ row }) => row.id),
    'quayside.volume.inspect': inspectionOf(volumes, 'volume', ({ id }) => id),
    'quayside.volume.remove': remove,
    'quayside.volume.copyName': copyOf(volumes, ({ id }) => id),
    'quayside.volume.prune': prune,
    'quayside.volume.pruneAll': pruneAll,
  },
  readers: { volume: inspect },
};

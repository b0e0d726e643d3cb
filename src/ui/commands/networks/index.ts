import { inspect } from '../../../engine/objects/networks';
import { networks } from '../../objects/networks';
import { copyOf } from '../copying';
import { inspectionOf, inspectorOf } from '../inspecting';
import type { ObjectCommands } from '../table';
import { create } from './creation';
import { prune, remove } from './removal';

export const networkCommands: ObjectCommands = {
  commands: {
    'quayside.network.create': create,
    'quayside.network.openInspector': inspectorOf(networks, 'network', ({ row }) => row.id),
    'quayside.network.inspect': inspectionOf(networks, 'network', ({ id }) => id),
    'quayside.network.remove': remove,
    'quayside.network.copyName': copyOf(networks, ({ name }) => name),
    'quayside.network.copyId': copyOf(networks, ({ id }) => id),
    'quayside.network.prune': prune,
  },
  readers: { network: inspect },
};

import { history, inspect } from '../../../engine/objects/images/operations';
import { images, referenceOf } from '../../objects/images';
import { copyOf } from '../copying';
import { inspectionOf, inspectorOf } from '../inspecting';
import type { ObjectCommands } from '../table';
import { historyText } from './historyText';
import { prune, pruneAll } from './pruning';
import { pull, pullAgain } from './pull';
import { remove } from './removal';
import { tag } from './tag';

export const imageCommands: ObjectCommands = {
  commands: {
    'quayside.image.pull': pull,
    'quayside.image.pullAgain': pullAgain,
    'quayside.image.tag': tag,
    'quayside.image.remove': remove,
    'quayside.image.openInspector': inspectorOf(images, 'image', ({ row }) => row.id),
    'quayside.image.inspect': inspectionOf(images, 'image', referenceOf),
    'quayside.image.history': inspectionOf(images, 'history', referenceOf, 'txt'),
    'quayside.image.copyName': copyOf(images, ({ reference, row }) => reference ?? row.tags[0] ?? row.id),
    'quayside.image.copyId': copyOf(images, ({ row }) => row.id),
    'quayside.image.prune': prune,
    'quayside.image.pruneAll': pruneAll,
  },
  readers: {
    image: inspect,
    history: async (engine, id, options) => historyText(await history(engine, id, options)),
  },
};

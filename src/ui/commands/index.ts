import type { Handler } from '../run';
import { containerCommands } from './containers';
import { engineCommands } from './engines';
import { imageCommands } from './images';
import { networkCommands } from './networks';
import { projectCommands } from './projects';
import { volumeCommands } from './volumes';

export { readDocument } from './inspecting';
export { shellProfile } from './processes/shellProfile';

/**
 * All commands on objects and on the engine, by id. What each takes is told in `call.ts` and at its handler. The
 * extension loads this module, and what only it imports, when the first of them is called (`commandRegistration.ts`).
 */
export const commandTable: Readonly<Record<string, Handler>> = {
  ...containerCommands,
  ...projectCommands,
  ...imageCommands,
  ...networkCommands,
  ...volumeCommands,
  ...engineCommands,
};

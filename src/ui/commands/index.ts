import type { Engine } from '../../engine/connection/engine';
import type { DocumentSource } from '../documents';
import type { Handler } from '../run';
import { containerCommands } from './containers';
import { readText } from './documents';
import { engineCommands } from './engines';
import { imageCommands } from './images';
import { networkCommands } from './networks';
import { projectCommands } from './projects';
import type { ObjectCommands } from './table';
import { volumeCommands } from './volumes';

export { shellProfile } from './processes/shellProfile';

const objects: readonly ObjectCommands[] = [
  containerCommands,
  projectCommands,
  imageCommands,
  networkCommands,
  volumeCommands,
  engineCommands,
];

/**
 * All commands on objects and on the engine, by id. `call.ts` and each handler say what a command takes. The extension
 * loads this module, and what only it imports, when the first of them is called (`commandRegistration.ts`).
 */
export const commandTable: Readonly<Record<string, Handler>> = merged(objects.map(({ commands }) => commands));

const readers = merged(objects.map(object => object.readers ?? {}));

/** The text of a document: what the engine says now. */
export function readDocument(engine: Engine, source: DocumentSource, signal: AbortSignal): Promise<string> {
  return readText(readers, engine, source, signal);
}

function merged<T>(tables: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  return Object.fromEntries(tables.flatMap(table => Object.entries(table)));
}

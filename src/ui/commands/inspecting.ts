import type { Json } from '../../base/read';
import type { Engine } from '../../engine/connection/engine';
import * as containers from '../../engine/objects/containers/operations';
import * as images from '../../engine/objects/images/operations';
import * as networks from '../../engine/objects/networks';
import * as system from '../../engine/objects/system';
import * as volumes from '../../engine/objects/volumes';
import { forTarget } from '../actions/forEach';
import { targetOf } from '../actions/targets';
import type { DocumentSource } from '../documents';
import type { InspectedKind } from '../inspector/protocol';
import { nameOf } from '../objects/engineText';
import type { ObjectKind, Target } from '../objects/object';
import type { Handler } from '../run';
import { diskUseText } from './engines/diskUseText';
import { historyText } from './images/historyText';
import { logText } from './logs/saving';
import * as phrases from './phrases';

type Reader = (engine: Engine, id: string, options: { signal: AbortSignal }) => Promise<Json | string>;

const readers: Readonly<Record<string, Reader>> = {
  container: containers.inspect,
  image: images.inspect,
  network: networks.inspect,
  volume: volumes.inspect,
  history: async (engine, id, options) => historyText(await images.history(engine, id, options)),
  log: logText,
  info: (engine, _id, options) => system.info(engine, options),
  version: (engine, _id, options) => system.version(engine, options),
  diskUse: async (engine, _id, options) => diskUseText(await system.diskUse(engine, options)),
};

/** The text of a document: what the engine says now. */
export async function readDocument(engine: Engine, { kind, id }: DocumentSource, signal: AbortSignal): Promise<string> {
  const answer = await readers[kind]?.(engine, id, { signal });
  return typeof answer === 'string' ? answer : `${JSON.stringify(answer ?? {}, null, 2)}\n`;
}

/** A command that shows what the engine says of an object as a read-only document. `kind` names a reader above. */
export function inspectionOf<T extends Target>(
  kind: ObjectKind<T>,
  reader: string,
  idOf: (target: T) => string,
  extension: 'json' | 'txt' = 'json',
): Handler {
  return async context => {
    const target = await targetOf(context, { kind, phrases: phrases.inspect });
    const { endpoint } = context.session.current.engine;
    const source = { kind: reader, id: idOf(target), engine: endpoint };
    const document = await forTarget(phrases.inspect, target.name, signal =>
      context.documents.show(source, { name: target.name, extension }, signal),
    );
    return document.uri.toString();
  };
}

/** A command that opens an object's inspector. `idOf` gives the id of its row in the mirror. */
export function inspectorOf<T extends Target>(
  kind: ObjectKind<T>,
  inspected: InspectedKind,
  idOf: (target: T) => string,
): Handler {
  return async context => {
    const target = await targetOf(context, { kind, phrases: phrases.inspect });
    const { endpoint } = context.session.current.engine;
    const engine = { id: endpoint.id, name: nameOf(endpoint) };
    await context.inspectors.open({ kind: inspected, id: idOf(target), name: target.name, engine });
  };
}

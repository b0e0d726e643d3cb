import { forTarget } from '../actions/forEach';
import { targetOf } from '../actions/targets';
import type { InspectedKind } from '../inspector/protocol';
import { nameOf } from '../objects/engineText';
import type { ObjectKind, Target } from '../objects/object';
import type { Handler } from '../run';
import * as phrases from './phrases';

/** A command that shows what the engine says of an object as a read-only document. `source` names its reader. */
export function inspectionOf<T extends Target>(
  kind: ObjectKind<T>,
  source: string,
  idOf: (target: T) => string,
  extension: 'json' | 'txt' = 'json',
): Handler {
  return async context => {
    const target = await targetOf(context, { kind, phrases: phrases.inspect });
    const { endpoint } = context.session.current.engine;
    const document = await forTarget(phrases.inspect, target.name, signal =>
      context.documents.show(
        { kind: source, id: idOf(target), engine: endpoint },
        { name: target.name, extension },
        signal,
      ),
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

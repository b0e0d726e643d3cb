import type { Json } from '../../../base/read';
import type { Address } from '../../../engine/endpoints/endpoint';
import type { Mirror } from '../../../engine/mirror/mirror';
import type { Container } from '../../../engine/objects/containers/row';
import type { Handles } from '../handles';

/** What the content of tabs is made of. */
export interface Source {
  /** What the engine answered when it was asked for the object. */
  readonly json: Json;
  readonly handles: Handles;
  /** Where the engine is: whether its ports can be reached and its folders are here. */
  readonly address: Address | undefined;
  /** The containers that use the object. */
  readonly users: readonly Container[];
  readonly mirror: Pick<Mirror, 'get' | 'list'>;
  /** What was found out while the panel is open and is slow to find out or does not change, by a name. */
  readonly notes: Map<string, string>;
}

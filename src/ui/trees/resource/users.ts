import { compareNames } from '../../../base/format';
import type { Container } from '../../../engine/objects/containers/row';
import { containerContextValue, stateIcon } from '../../objects/containerText';
import type { DetailLook } from './shape';

/** The containers that use an object, as rows below it. The commands on containers work on them. */
export function userDetails(
  containers: readonly Container[],
  describe: (container: Container) => string = ({ state }) => state,
): DetailLook[] {
  return [...containers]
    .sort((a, b) => compareNames(a.name, b.name))
    .map(container => ({
      id: `container:${container.id}`,
      subject: { kind: 'container', id: container.id },
      look: {
        label: container.name,
        description: describe(container),
        ...stateIcon(container),
        contextValue: containerContextValue(container),
      },
    }));
}

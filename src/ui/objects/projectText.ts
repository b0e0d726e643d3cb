import type { Container } from '../../engine/objects/containers/row';
import { contextValue } from './look';

/** What the states of a project's containers allow to do with it. */
export function projectContextValue(containers: readonly Container[]): string {
  const some = (...states: Container['state'][]): boolean => containers.some(({ state }) => states.includes(state));
  return contextValue(
    'project',
    some('running', 'restarting') && 'running',
    some('created', 'exited', 'dead') && 'stopped',
    some('paused') && 'paused',
    containers.some(({ compose }) => compose && compose.configFiles.length > 0) && 'composeFile',
  );
}

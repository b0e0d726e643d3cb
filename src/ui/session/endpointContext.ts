import { homedir } from 'node:os';
import type { AddedEndpoint, EndpointContext } from '../../engine/endpoints/endpoint';
import { config } from '../config';

/** What the choice of an engine depends on now. The parameters replace the settings. */
export function endpointContext(
  chosen: string = config.endpoint,
  added: readonly AddedEndpoint[] = config.endpoints,
): EndpointContext {
  const { env, platform } = process;
  return { setting: chosen, added, env, platform, home: homedir(), uid: process.getuid?.() };
}

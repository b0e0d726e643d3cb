/** The path of a container in the Engine API, or of one of its actions, e.g. `/containers/abc/start`. */
export function containerPath(id: string, action?: string): string {
  return `/containers/${encodeURIComponent(id)}${action === undefined ? '' : `/${action}`}`;
}

import type Docker from 'dockerode';
import type http from 'node:http';

/** Hides DOCKER_HOST while docker-modem is made: it would read the variable and certificates, and fail when it cannot. */
export function withoutDockerHost<T>(make: () => T): T {
  const before = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    return make();
  } finally {
    if (before !== undefined) process.env['DOCKER_HOST'] = before;
  }
}

/**
 * docker-modem invents what it is not given, so everything is given. The agent alone knows where to connect. The path of a
 * socket may be any text: with it, neither docker-modem nor VS Code's proxy support looks for another way.
 */
export function modemOptions(host: string, agent: http.Agent, apiVersion: string | undefined): Docker.DockerOptions {
  const none = { host: undefined, port: undefined, ca: undefined, cert: undefined, key: undefined };
  const version = apiVersion === undefined ? undefined : `v${apiVersion}`;
  return { ...none, socketPath: 'engine', headers: { Host: host }, protocol: 'http', agent, version } as object;
}

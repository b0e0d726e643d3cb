import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemEnvironment } from '../processes';
import { type DockerTools, installDocker } from '../tools/dockerEngine';
import { configurePodman, installPodman } from '../tools/podman';
import type { EngineVersion } from './engine';

/** How to start an engine and to talk to it. */
export interface EngineTools {
  /** Prepares the engine's folder and says how to start the daemon in it. */
  prepare(folder: string, socket: string): Promise<DaemonCommand>;
  /** The docker command-line client, and where its plugins are. */
  client: Pick<DockerTools, 'docker' | 'plugins' | 'env'>;
}

export interface DaemonCommand {
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** Installs an engine if it is not in the cache yet. */
export async function engineTools(version: EngineVersion): Promise<EngineTools> {
  if (version === 'podman') return podmanTools();
  const docker = await installDocker(version);
  return { prepare: (folder, socket) => prepareDocker(docker, folder, socket), client: docker };
}

async function prepareDocker(docker: DockerTools, folder: string, socket: string): Promise<DaemonCommand> {
  const configuration = join(folder, 'daemon.json'); // Not the machine's own.
  await writeFile(configuration, '{}');
  const args = [
    ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
    ...['--pidfile', join(folder, 'docker.pid'), '--host', `unix://${socket}`],
    ...['--init-path', docker.init, '--config-file', configuration],
  ];
  return { program: docker.dockerd, args, env: docker.env };
}

async function podmanTools(): Promise<EngineTools> {
  const [podman, client] = [await installPodman(), await installDocker('20.10')];
  return {
    client,
    prepare: async (folder, socket) => ({
      program: await configurePodman(podman, folder),
      args: ['system', 'service', '--time=0', `unix://${socket}`],
      env: systemEnvironment(),
    }),
  };
}

/** Where a container of a Compose project comes from, as its labels claim: anybody can set labels. */
export interface Compose {
  project: string;
  service: string;
  number: string;
  /** Whether `compose run` made it for one command: then it does not count as a container of the service. */
  oneOff: boolean;
  workingDir: string;
  configFiles: readonly string[];
}

export function composeOf(labels: Readonly<Record<string, string>>): Compose | undefined {
  const project = labels['com.docker.compose.project'] ?? labels['io.podman.compose.project'];
  if (!project) return undefined;
  return {
    project,
    service: labels['com.docker.compose.service'] ?? '',
    number: labels['com.docker.compose.container-number'] ?? '',
    oneOff: labels['com.docker.compose.oneoff']?.toLowerCase() === 'true',
    workingDir: labels['com.docker.compose.project.working_dir'] ?? '',
    configFiles: (labels['com.docker.compose.project.config_files'] ?? '').split(',').filter(Boolean),
  };
}

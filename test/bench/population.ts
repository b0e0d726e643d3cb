import { type Api, createContainer } from '../support/engines/rawEngine';

const atOnce = 8;

/** The name of the container with this number; names sort as the numbers do. */
export function nameOf(index: number): string {
  return `bench-${String(index).padStart(5, '0')}`;
}

/** A group for every ten containers, as Compose labels them. */
export function labelsOf(index: number): Record<string, string> {
  const project = `project-${String(Math.floor(index / 10)).padStart(4, '0')}`;
  return { 'com.docker.compose.project': project, 'com.docker.compose.service': `service-${index % 10}` };
}

/** Creates the containers with the numbers from `first` to `last - 1`, not started; their ids in order. */
export async function populate(api: Api, first: number, last: number): Promise<string[]> {
  const ids: string[] = [];
  let next = first;
  const work = async (): Promise<void> => {
    while (next < last) {
      const index = next++;
      ids[index - first] = await createContainer(api, { name: nameOf(index), labels: labelsOf(index) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return ids;
}

export async function rename(api: Api, id: string, name: string): Promise<void> {
  await api('POST', `/containers/${id}/rename?name=${name}`);
}

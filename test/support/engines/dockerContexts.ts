import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a docker context as docker's own command does, into a folder of its configuration (`DOCKER_CONFIG`). */
export async function writeContext(folder: string, name: string, host: string): Promise<void> {
  const meta = { Name: name, Metadata: { Description: `the engine ${name}` }, Endpoints: { docker: { Host: host } } };
  await writeContextFile(folder, name, JSON.stringify(meta));
}

/** Writes any text where docker's command looks for a context. */
export async function writeContextFile(folder: string, name: string, text: string): Promise<void> {
  const place = placeOf(folder, name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'meta.json'), text);
}

/** Takes a context away as docker's own command does. */
export async function removeContext(folder: string, name: string): Promise<void> {
  await rm(placeOf(folder, name), { recursive: true });
}

function placeOf(folder: string, name: string): string {
  return join(folder, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'));
}

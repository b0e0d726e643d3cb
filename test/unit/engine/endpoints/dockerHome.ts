import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndpointContext } from '../../../../src/engine/endpoints/endpoint';
import { temporaryFolder } from '../../../support/temporaryFolder';

/** A person’s home, with what docker keeps there. */
export class DockerHome {
  readonly #folder = temporaryFolder('home');
  /** The home itself. */
  readonly path = this.#folder.path;
  /** Where docker keeps its configuration. */
  readonly docker = join(this.path, '.docker');

  constructor() {
    mkdirSync(this.docker);
  }

  /** What decides which endpoints there are. */
  around(more: Partial<EndpointContext> = {}): EndpointContext {
    return { setting: '', env: {}, platform: 'linux', home: this.path, ...more };
  }

  metaFile(name: string): string {
    return join(this.docker, 'contexts', 'meta', idOf(name), 'meta.json');
  }

  /** Writes a context. */
  write(name: string, host: string, more: object = {}): void {
    const endpoints = { docker: { Host: host, ...more } };
    const meta = { Name: name, Metadata: { Description: `the ${name}` }, Endpoints: endpoints };
    replace(this.metaFile(name), JSON.stringify(meta));
  }

  /** Makes a context the current one. */
  use(name: string): void {
    replace(join(this.docker, 'config.json'), JSON.stringify({ currentContext: name }));
  }

  writeCertificates(name: string, ...parts: string[]): string {
    const folder = join(this.docker, 'contexts', 'tls', idOf(name), 'docker');
    mkdirSync(folder, { recursive: true });
    for (const part of parts) writeFileSync(join(folder, `${part}.pem`), part);
    return folder;
  }

  remove(): void {
    this.#folder.remove();
  }
}

/** The folder of a context. */
export function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** Writes a file as docker’s command does: a new one, renamed. */
export function replace(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

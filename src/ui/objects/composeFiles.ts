import path from 'node:path';
import type { Compose } from '../../engine/objects/containers/compose';

type Claim = Pick<Compose, 'workingDir' | 'configFiles'>;

/**
 * Where a project's labels say that its Compose files are, as absolute local paths. Labels are only claims. This leaves
 * out network shares, which Windows would log in to, and relative paths without a folder that they are relative to.
 */
export function composeFiles(claims: readonly (Claim | undefined)[], local: path.PlatformPath = path): string[] {
  const files = claims.flatMap(claim => claim?.configFiles.map(file => resolve(file, claim.workingDir, local)) ?? []);
  return [...new Set(files.flatMap(file => file ?? []))];
}

function resolve(file: string, workingDir: string, local: path.PlatformPath): string | undefined {
  const base = local.isAbsolute(file) ? '' : workingDir;
  if (file.includes('\0') || base.includes('\0') || isShare(file) || isShare(base)) return undefined;
  const full = base ? local.join(base, file) : file;
  return local.isAbsolute(full) ? local.normalize(full) : undefined;
}

function isShare(file: string): boolean {
  return /^[\\/]{2}/.test(file);
}

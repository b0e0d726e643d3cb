import { type Json, number, record, records, text, textMap } from '../../base/read';
import { hasAnonymousName } from '../objects/volumes';
import { csv, type Flag, type RunFacts, switchFlag, textFlag, textFlags } from './facts';

/** The flags of `docker run` for volumes, mounts and temporary file systems. */
export function mountFlags({ container, image }: RunFacts): Flag[] {
  const host = record(container['HostConfig']);
  return [
    ...textFlags('--volume', host['Binds']),
    ...anonymousVolumes(container, image),
    ...records(host['Mounts']).map(mount => ['--mount', mountText(mount)]),
    ...Object.entries(textMap(host['Tmpfs'])).map(([at, options]) => ['--tmpfs', options ? `${at}:${options}` : at]),
    ...textFlags('--volumes-from', host['VolumesFrom']),
    ...textFlag('--volume-driver', host['VolumeDriver']),
    ...switchFlag('--read-only', host['ReadonlyRootfs']),
  ];
}

/**
 * Leaves out the volumes that the image declares. Some engines also list here what is mounted by name or path: that has
 * flags of its own.
 */
function anonymousVolumes(container: Json, image: Json): Flag[] {
  const host = record(container['HostConfig']);
  const own = record(record(image['Config'])['Volumes']);
  const mounted = new Set(records(host['Mounts']).map(mount => text(mount['Target'])));
  const bound = new Set(
    records(container['Mounts'])
      .filter(isNamed)
      .map(mount => text(mount['Destination'])),
  );
  const paths = Object.keys(record(record(container['Config'])['Volumes']));
  return paths.filter(path => !(path in own) && !mounted.has(path) && !bound.has(path)).map(path => ['--volume', path]);
}

function isNamed(mount: Json): boolean {
  return text(mount['Type']) !== 'volume' || !hasAnonymousName(text(mount['Name']));
}

/** One value of `--mount`. */
function mountText(mount: Json): string {
  const bind = record(mount['BindOptions']);
  const consistency = text(mount['Consistency']);
  return csv([
    `type=${text(mount['Type'])}`,
    ...field('source', text(mount['Source'])),
    ...field('target', text(mount['Target'])),
    ...(mount['ReadOnly'] === true ? ['readonly'] : []),
    ...field('consistency', consistency === 'default' ? '' : consistency),
    ...field('bind-propagation', text(bind['Propagation'])),
    ...field('bind-recursive', recursion(bind)),
    ...volumeFields(record(mount['VolumeOptions'])),
    ...tmpfsFields(record(mount['TmpfsOptions'])),
    ...field('image-subpath', text(record(mount['ImageOptions'])['Subpath'])),
  ]);
}

function recursion(bind: Json): string {
  if (bind['NonRecursive'] === true) return 'disabled';
  if (bind['ReadOnlyNonRecursive'] === true) return 'writable';
  return bind['ReadOnlyForceRecursive'] === true ? 'readonly' : '';
}

function volumeFields(options: Json): string[] {
  const driver = record(options['DriverConfig']);
  return [
    ...(options['NoCopy'] === true ? ['volume-nocopy'] : []),
    ...field('volume-subpath', text(options['Subpath'])),
    ...entries('volume-label', options['Labels']),
    ...field('volume-driver', text(driver['Name'])),
    ...entries('volume-opt', driver['Options']),
  ];
}

function tmpfsFields(options: Json): string[] {
  const size = number(options['SizeBytes']) ?? 0;
  const mode = number(options['Mode']) ?? 0;
  return [
    ...field('tmpfs-size', size > 0 ? String(size) : ''),
    ...field('tmpfs-mode', mode > 0 ? mode.toString(8) : ''),
  ];
}

function field(key: string, value: string): string[] {
  return value ? [`${key}=${value}`] : [];
}

function entries(key: string, values: unknown): string[] {
  return Object.entries(textMap(values)).map(([name, value]) => `${key}=${name}=${value}`);
}

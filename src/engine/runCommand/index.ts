import { type Json, record, text } from '../../base/read';
import { shellLine } from '../../base/shell';
import { configFlags } from './config';
import { type Flag, type RunFacts, sameTexts, words } from './facts';
import { hostFlags } from './host';
import { limitFlags } from './limits';
import { mountFlags } from './mounts';
import { furtherNetworks, networkFlags } from './networks';

/** Beyond this a command is folded: a line for each flag. */
const foldAfter = 100;

/**
 * A `docker run` command that makes a container like the given one, for a POSIX shell: `container` and `image` are their
 * inspections, `info` the engine's. What the image gives by itself is left out, and so are the labels of Compose. Networks
 * beyond the first are connected by commands that follow, which every engine understands. Two things cannot be said on
 * docker's command line: labels with `=` or white space in their names, and that a variable of the image was taken away.
 */
export function runCommand(facts: RunFacts): string {
  const further = furtherNetworks(facts.container);
  const { flag, args } = entry(facts);
  const flags = [
    ...(further.length > 0 || isDetached(facts.container) ? [['--detach']] : []),
    ...configFlags(facts),
    ...networkFlags(facts.container),
    ...mountFlags(facts),
    ...limitFlags(facts.container),
    ...hostFlags(facts),
    ...flag,
  ];
  const image = text(record(facts.container['Config'])['Image']);
  return [folded([['docker', 'run'], ...flags, [image, ...args]]), ...further.map(shellLine)].join(' && ');
}

function folded(parts: readonly Flag[]): string {
  const lines = parts.map(shellLine);
  const whole = lines.join(' ');
  return whole.length <= foldAfter ? whole : lines.join(' \\\n  ');
}

function isDetached(container: Json): boolean {
  const { AttachStdout, AttachStderr } = record(container['Config']);
  return AttachStdout !== true && AttachStderr !== true;
}

/** Only the first word of an entrypoint can be given; the rest goes before the command. It resets the image's command. */
function entry({ container, image }: RunFacts): { flag: Flag[]; args: readonly string[] } {
  const config = record(container['Config']);
  const own = record(image['Config']);
  const entrypoint = words(config['Entrypoint']);
  const command = words(config['Cmd']);
  if (sameTexts(entrypoint, words(own['Entrypoint']))) {
    if (sameTexts(command, words(own['Cmd']))) return { flag: [], args: [] };
    if (command.length > 0) return { flag: [], args: command };
  }
  return { flag: [['--entrypoint', entrypoint[0] ?? '']], args: [...entrypoint.slice(1), ...command] };
}

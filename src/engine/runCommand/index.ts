import { type Json, record, text } from '../../base/read';
import { shellLine } from '../../base/shell';
import { configFlags } from './config';
import { type Flag, type RunFacts, sameTexts, words } from './facts';
import { hostFlags } from './host';
import { limitFlags } from './limits';
import { mountFlags } from './mounts';
import { furtherNetworks, networkFlags } from './networks';

/** A longer command is folded: each flag gets a line. */
const foldAfter = 100;

/**
 * A `docker run` command for a POSIX shell that makes a container like the given one. `container` and `image` are the
 * engine's inspections, `info` is what it says of itself. The command leaves out what the image brings, and the labels of
 * Compose. Further commands connect the networks beyond the first, as every engine understands them. Docker's command line
 * cannot express two things: a label with `=` or white space in its name, and that a variable of the image was removed.
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

/** `--entrypoint` takes one word only; the rest goes before the command. It also resets the image's command. */
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

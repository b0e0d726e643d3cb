import { compareNames } from '../../../src/base/format';
import { Connection } from '../../../src/engine/connection/connection';
import { parseEndpoint } from '../../../src/engine/endpoints/endpoint';
import { Mirror } from '../../../src/engine/mirror/mirror';
import { Usage } from '../../../src/engine/mirror/usage';
import type { Container } from '../../../src/engine/objects/containers/row';
import { SharedStats } from '../../../src/engine/stats/shared';
import { Forest, type ForestShape } from '../../../src/ui/trees/resource/forest';
import { now } from '../clock';

/** What the measured process tells: it is ready, a row of the tree model changed, or what it has used so far. */
export type ChildMessage =
  | { kind: 'ready' }
  | { kind: 'row'; name: string; at: number }
  | { kind: 'used'; requests: number; samples: number; cpuMs: number };

/** Containers by Compose project and name, as the containers' view has them. */
const shape: ForestShape<Container> = {
  places: ({ id, compose }) => {
    const project = compose?.project;
    const subject = { kind: 'container', id } as const;
    if (project === undefined) return [{ group: undefined, subject, key: '' }];
    return [{ group: { key: project, label: project, rank: 0, subject }, subject, key: '' }];
  },
  compare: (a, b) => compareNames(a.row.name, b.row.name) || compareNames(a.row.id, b.row.id),
  compareGroups: (a, b) => compareNames(a.label, b.label),
};

/**
 * Mirror, usage, figures and tree model as the extension has them, in a process of their own. The message `look` begins to
 * look at the figures of all containers; any other asks what was used.
 */
async function main(socket: string): Promise<void> {
  let requests = 0;
  let samples = 0;
  const connection = new Connection({
    candidates: () => [parseEndpoint(socket, 'setting')],
    onRequest: () => {
      requests++;
    },
  });
  const mirror = new Mirror(connection);
  const forest = new Forest(shape);
  mirror.onDidChangeRows('container')(changes => {
    const dirty = forest.apply(changes);
    const at = now();
    for (const node of dirty.nodes) if (node.type === 'row') tell({ kind: 'row', name: node.row.name, at });
  });
  const usage = new Usage(mirror);
  const stats = new SharedStats({ connection, mirror });
  process.on('message', message => {
    if (message === 'look') {
      for (const { id } of mirror.list('container')) stats.watch(id, update => (samples += update.samples.length));
      return;
    }
    const { user, system } = process.cpuUsage();
    tell({ kind: 'used', requests, samples, cpuMs: (user + system) / 1000 });
  });
  process.on('disconnect', () => {
    stats.dispose();
    usage.dispose();
    mirror.dispose();
    connection.dispose();
    process.exit();
  });
  connection.start();
  await mirror.whenReady();
  tell({ kind: 'ready' });
}

function tell(message: ChildMessage): void {
  process.send?.(message);
}

void main(process.argv[2] ?? '');

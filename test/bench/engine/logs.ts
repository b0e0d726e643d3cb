import { request } from 'node:http';
import type { Engine } from '../../../src/engine/connection/engine';
import { logs } from '../../../src/engine/logs/log';
import { printedLog } from '../../../src/engine/logs/printed';
import { engineOf } from '../../engine/engineOf';
import type { TestEngine } from '../../support/engines/engine';
import { runContainer } from '../../support/engines/rawEngine';
import { ended, launch, systemEnvironment } from '../../support/processes';
import type { Figure } from '../figure';

const rounds = 5;
/** Of 97 bytes each. */
const lines = 500_000;
const size = 97 * lines;
const printing = [
  'awk',
  `BEGIN { x = "0123456789abcdef"; x = x x x x x "0123456"; for (i = 0; i < ${lines}; i++) printf "%08d %s\\n", i, x }`,
];

/**
 * How long it takes to read a log of 48 MB, as it is saved and with its times, as terminals read it: by Quayside, by
 * `docker logs` into nothing, which is asked for the same, and by the socket alone. The fastest of some rounds counts: what
 * else the machine does only ever adds.
 */
export async function measureLogSpeed(test: TestEngine): Promise<Figure[]> {
  const id = await runContainer(test.api, { name: 'bench-log', command: printing });
  await test.docker('wait', id);
  const engine = await engineOf(test);
  const figures: Figure[] = [];
  for (const times of [false, true]) {
    const ours = times ? () => readTimed(engine, id) : () => readPrinted(engine, id);
    figures.push(...(await measure({ test, id, times, ours })));
  }
  engine.client.close();
  await test.api('DELETE', `/containers/${id}?force=1`);
  return figures;
}

interface Reading {
  test: TestEngine;
  id: string;
  times: boolean;
  ours: () => Promise<void>;
}

async function measure({ test, id, times, ours }: Reading): Promise<Figure[]> {
  const took = { ours: [] as number[], docker: [] as number[], raw: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    took.raw.push(await timed(() => readRaw(test, id, times)));
    took.ours.push(await timed(ours));
    took.docker.push(await timed(() => readDocker(test, id, times)));
  }
  const name = `Reading a log of 48 MB in 97-byte lines, ${times ? 'with times, as terminals do' : 'to save it'}`;
  const figure = { name, unit: 'ms' as const, value: Math.min(...took.ours) };
  const docker = `docker logs${times ? ' --timestamps' : ''} of the same container, its output discarded`;
  const raw = `the same request${times ? ' with timestamps' : ''}, read from the socket and discarded`;
  return [
    { ...figure, reference: { value: Math.min(...took.docker), of: docker }, aim: { most: 1, of: 'ratio' } },
    { ...figure, reference: { value: Math.min(...took.raw), of: raw }, aim: { most: 1.11, of: 'ratio' } },
  ];
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function readTimed(engine: Engine, id: string): Promise<void> {
  let count = 0;
  for await (const records of logs(engine, id)) count += records.length;
  if (count !== lines) throw new Error(`${count} lines were read instead of ${lines}`);
}

async function readPrinted(engine: Engine, id: string): Promise<void> {
  let count = 0;
  for await (const printed of printedLog(engine, id)) for (const { bytes } of printed) count += bytes.length;
  if (count !== size) throw new Error(`${count} bytes were read instead of ${size}`);
}

async function readDocker(test: TestEngine, id: string, times: boolean): Promise<void> {
  const args = ['--host', test.host, 'logs', ...(times ? ['--timestamps'] : []), id];
  await ended(launch(test.client, args, { env: systemEnvironment(), stdio: 'ignore' }));
}

function readRaw(test: TestEngine, id: string, times: boolean): Promise<void> {
  const path = `/containers/${id}/logs?stdout=1&stderr=1&timestamps=${times ? 1 : 0}`;
  return new Promise((resolve, reject) => {
    request({ socketPath: test.socket, path }, answer => answer.on('end', resolve).on('error', reject).resume())
      .on('error', reject)
      .end();
  });
}

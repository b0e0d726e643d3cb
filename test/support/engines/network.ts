import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, systemEnvironment } from '../processes';
import type { EngineRecord } from '../run/records';

/** Makes a network namespace of its own for an engine: its bridges, addresses and ports then meet no others. */
export async function createNamespace(id: string): Promise<void> {
  await run('ip', ['netns', 'add', id]);
  await run('ip', ['-n', id, 'link', 'set', 'lo', 'up']);
}

/** The bridges that a Docker Engine may have made in this network namespace. */
export function dockerLinks(): string[] {
  return readdirSync('/sys/class/net').filter(name => name === 'docker0' || /^br-[0-9a-f]{12}$/.test(name));
}

/** Whether the machine passes packets on between its networks. */
export function isForwarding(): boolean {
  return existsSync(forwardSwitch) && readFileSync(forwardSwitch, 'utf8').trim() === '1';
}

const forwardSwitch = '/proc/sys/net/ipv4/ip_forward';

/** Takes an engine's bridges and packet-filter rules out of the machine's own network namespace. */
export function removeLinks(record: EngineRecord): void {
  const added = dockerLinks().filter(link => !record.linksBefore.includes(link) && isOwn(link, record.folder));
  for (const link of added) call('ip', ['link', 'delete', link]);
  const chainsToo = added.includes('docker0');
  for (const program of ['iptables', 'ip6tables']) removeRules(program, added, chainsToo);
  if (!chainsToo || record.forwardedBefore) return;
  call('iptables', ['--policy', 'FORWARD', 'ACCEPT']);
  writeFileSync(forwardSwitch, '0');
}

/** Whether a link belongs to the engine in this folder: its network database names each of its bridges. */
function isOwn(link: string, folder: string): boolean {
  if (link === 'docker0') return true;
  const database = join(folder, 'data', 'network', 'files', 'local-kv.db');
  return existsSync(database) && readFileSync(database).includes(link);
}

/** Removes the rules that name the links; with `chainsToo` also Docker's own chains and the jumps to them. */
function removeRules(program: string, links: readonly string[], chainsToo: boolean): void {
  let table = 'filter';
  const chains: [string, string][] = [];
  for (const line of call(`${program}-save`, []).split('\n')) {
    if (line.startsWith('*')) table = line.slice(1);
    const words = line.split(' ');
    const chain = /^:(DOCKER\S*)/.exec(line)?.[1];
    if (chain !== undefined) chains.push([table, chain]);
    const isJump = chainsToo && words.some(word => word.startsWith('DOCKER'));
    if (words[0] !== '-A' || !(isJump || links.some(link => words.includes(link)))) continue;
    call(program, ['-t', table, '-D', ...words.slice(1)]);
  }
  if (!chainsToo) return;
  for (const [name, chain] of chains) call(program, ['-t', name, '-F', chain]);
  for (const [name, chain] of chains) call(program, ['-t', name, '-X', chain]);
}

/** Runs a program that removes something. Its failure is ignored: then there was nothing to remove. */
function call(program: string, args: readonly string[]): string {
  return spawnSync(program, args, { env: systemEnvironment(), encoding: 'utf8' }).stdout;
}

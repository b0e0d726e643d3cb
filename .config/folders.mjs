// Fails on a folder that holds more files than a reader takes in at a glance.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

const most = 22;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'media', 'test'], {
  encoding: 'utf8',
});
const counts = new Map();
for (const file of files.split('\n').filter(Boolean)) {
  const folder = dirname(file);
  counts.set(folder, (counts.get(folder) ?? 0) + 1);
}
const full = [...counts].filter(([, count]) => count > most);
for (const [folder, count] of full) console.error(`${folder} has ${count} files; make rooms of at most ${most}.`);
process.exitCode = full.length > 0 ? 1 : 0;

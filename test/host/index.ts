import { delimiter } from 'node:path';
import { runMocha } from '../support/run/mocha';

/** VS Code calls this in the extension host: it runs all host tests there and writes their results to a file. */
export async function run(): Promise<void> {
  const { QUAYSIDE_TEST_RESULTS: results, QUAYSIDE_TEST_TIMEOUT: timeout, QUAYSIDE_TEST_GREP: grep } = process.env;
  const files = process.env['QUAYSIDE_TEST_FILES']?.split(delimiter);
  if (results === undefined) throw new Error('QUAYSIDE_TEST_RESULTS names no result file.');
  process.setSourceMapsEnabled(true);
  await runMocha({ folder: __dirname, results, timeout: Number(timeout ?? 60_000), grep, files });
}

import { runMocha } from './mocha';
import { writeResult } from './results';

/** What the runner tells a part's process. */
export interface PartSettings {
  folder: string;
  results: string;
  timeout: number;
  grep?: string;
  files?: readonly string[];
}

/** How long a part may take to end by itself once its tests are done. */
const patience = 10_000;

async function main(): Promise<void> {
  const settings = JSON.parse(process.argv[2] ?? '') as PartSettings;
  await runMocha(settings);
  setTimeout(() => {
    const message = `still open: ${process.getActiveResourcesInfo().join(', ')}`;
    const title = 'leaves nothing running';
    writeResult(settings.results, { event: 'fail', title, depth: 1, fullTitle: title, message });
    process.exit(1);
  }, patience).unref();
}

void main();

import { findProgram, SetupError } from '../processes';
import { aptInstall } from './debian';

/** The one without windows first: it takes less. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const fonts = ['fonts-dejavu-core'];

/** A Chromium of the system; Debian's package of the one without windows is installed where there is none. */
export async function installChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  await aptInstall(['chromium-headless-shell', ...fonts], 'Chromium');
  const now = findChromium();
  if (now === undefined)
    throw new SetupError("Quayside's tests need Chromium; install a chromium that is on the PATH.");
  return now;
}

function findChromium(): string | undefined {
  return names.map(findProgram).find(path => path !== undefined);
}

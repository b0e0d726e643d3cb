import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps the window plain, the same each time, and its dialogs within reach of a browser. */
const plainSettings = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.tree.enableStickyScroll': false,
  'workbench.enableExperiments': false,
  'window.dialogStyle': 'custom',
  'window.restoreWindows': 'none',
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'terminal.integrated.gpuAcceleration': 'off',
  'files.simpleDialog.enable': true,
};

/** Writes the plain settings and these on top, for a server that keeps its data in the folder. */
export async function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const scope of ['User', 'Machine']) {
    await mkdir(join(folder, 'data', scope), { recursive: true });
    await writeFile(
      join(folder, 'data', scope, 'settings.json'),
      JSON.stringify({ ...plainSettings, ...settings }, null, 2),
    );
  }
}

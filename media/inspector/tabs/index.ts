import type { TabName } from '../../../src/ui/inspector/protocol';
import type { Page, TabView } from '../page';
import { changesTab } from './changes';
import { drawingTab } from './drawing';
import { environmentTab } from './environment';
import { layersTab } from './layers';
import { overviewTab } from './overview';
import { processesTab } from './processes';
import { rawTab } from './raw';
import { sectionsTab } from './sectionsTab';
import { statsTab } from './stats';

export const tabViews: Readonly<Record<TabName, (page: Page) => TabView>> = {
  overview: overviewTab,
  stats: statsTab,
  processes: processesTab,
  environment: environmentTab,
  mounts: sectionsTab('mounts'),
  network: sectionsTab('network'),
  changes: changesTab,
  layers: layersTab,
  drawing: drawingTab,
  raw: rawTab,
};

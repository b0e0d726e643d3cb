import type { TabName } from '../../../src/ui/inspector/protocol';
import type { Page, TabView } from '../page';
import { ChangesTab } from './changes';
import { drawingTab } from './drawing';
import { environmentTab } from './environment';
import { layersTab } from './layers';
import { overviewTab } from './overview';
import { ProcessesTab } from './processes';
import { RawTab } from './raw';
import { sectionsTab } from './sectionsTab';
import { StatsTab } from './stats';

export const tabViews: { readonly [T in TabName]: (page: Page) => TabView<T> } = {
  overview: overviewTab,
  stats: page => new StatsTab(page),
  processes: page => new ProcessesTab(page),
  environment: environmentTab,
  mounts: sectionsTab('mounts'),
  network: sectionsTab('network'),
  changes: page => new ChangesTab(page),
  layers: layersTab,
  drawing: drawingTab,
  raw: page => new RawTab(page),
};

import assert from 'node:assert/strict';
import { type InspectedKind, type TabName, tabsOf } from '../../../src/ui/inspector/protocol';
import { assertAccessible, assertNoSidewaysScrolling } from './checks';
import type { InspectorPage, ThemeName } from './page';
import { drawn, narrow, pages, show, wide } from './pages';

const themes = ['dark', 'light', 'contrast'] as const;

describe("The inspector's page, alone in a browser", () => {
  const open = pages();

  interface Look {
    kind: InspectedKind;
    tab: TabName;
    theme: ThemeName;
    size: typeof wide;
  }

  const assertReadable = async (inspector: InspectorPage, { kind, tab, theme, size }: Look): Promise<void> => {
    await inspector.page.setViewportSize(size);
    await drawn(inspector, tab);
    await assertNoSidewaysScrolling(inspector.page);
    // What is seen, also by axe-core, is a matter of the colours or of the width, hardly of both together.
    if (theme !== 'dark' && size !== wide && process.env['QUAYSIDE_SOAK'] === undefined) return;
    await inspector.screenshot(`${kind}-${tab}-${theme}-${size.width}`);
    await assertAccessible(inspector.page, theme === 'dark' ? 'all' : 'colours');
  };

  for (const [kind, first] of [
    ['container', 'dark'],
    ['image', 'light'],
    ['network', 'contrast'],
    ['volume', 'dark'],
  ] as const) {
    it(`shows each tab of one ${kind} readably in each theme, opened in ${first}, wide and narrow`, async () => {
      const inspector = await open(kind, { theme: first });
      for (const tab of tabsOf(kind)) {
        await show(inspector, kind, tab);
        for (const theme of [first, ...themes.filter(other => other !== first)]) {
          await inspector.setTheme(theme);
          for (const size of [wide, narrow]) await assertReadable(inspector, { kind, tab, theme, size });
        }
      }
      assert.deepEqual(inspector.complaints, []);
    });
  }
});

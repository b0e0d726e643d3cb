import type { TestEngine } from '../../support/engines/engine';
import type { Figure } from '../figure';
import { median } from '../statistics';
import { clickToFirstRow } from './page';
import { openProbed } from './window';

const rounds = 5;

/** A click on the icon in the activity bar of a fresh window, up to the first row; it activates the extension. */
export async function measureFirstRow(engine: TestEngine, vsix: string): Promise<Figure[]> {
  const times: number[] = [];
  const fixed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { workbench, dispose } = await openProbed({ engine, vsix });
    const click = {
      ours: async () => times.push(await clickToFirstRow(workbench.page, 'Containers', /^project-/)),
      fixed: async () => fixed.push(await clickToFirstRow(workbench.page, 'Fixed Rows', /^group /)),
    };
    try {
      // The first view of a window is the dearer one: each is first in turn.
      for (const one of round % 2 === 0 ? [click.ours, click.fixed] : [click.fixed, click.ours]) await one();
    } finally {
      await dispose();
    }
  }
  return [
    {
      name: 'Click on the icon to the first row, 300 containers',
      unit: 'ms',
      value: median(times),
      reference: { value: median(fixed), of: 'the same click for an active extension with 300 fixed rows' },
      aim: { most: 1.5, of: 'ratio' },
    },
  ];
}

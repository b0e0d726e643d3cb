import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Container } from '../../../../src/engine/objects/containers/row';
import type * as ActionsModule from '../../../../src/ui/inspector/headActions';
import type * as LedgerModule from '../../../../src/ui/inspector/ledger';
import { l10n, loadUi } from '../vscodeStub';
import { user } from './models';

const { actionsOf } = loadUi('inspector/headActions', { l10n }) as typeof ActionsModule;
const { Ledger } = loadUi('inspector/ledger') as typeof LedgerModule;
const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));

describe('The head of a container’s inspector', () => {
  const always = ['Shell', 'Logs', 'Rename…', 'Remove…', 'JSON'];
  const offered: Readonly<Partial<Record<Container['state'], readonly string[]>>> = {
    running: ['Stop', 'Restart', 'Kill…', 'Pause', ...always],
    paused: ['Unpause', 'Stop', 'Restart', 'Kill…', ...always.slice(1)],
    exited: ['Start', 'Restart', ...always.slice(1)],
  };
  for (const [state, titles] of Object.entries(offered) as [Container['state'], readonly string[]][]) {
    it(`offers what fits one that is ${state}, with icons`, () => {
      const row = user({ state });
      const actions = actionsOf({ kind: 'container', row }, { isUsed: () => false }, new Ledger(), manifest);
      assert.deepEqual(
        actions.map(({ title }) => title),
        titles,
      );
      assert(actions.every(({ icon }) => icon !== ''));
    });
  }
});

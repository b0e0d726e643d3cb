import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Container } from '../../../../src/engine/objects/containers/row';
import type * as HandlesModule from '../../../../src/ui/inspector/handles';
import type * as HeadModule from '../../../../src/ui/inspector/head';
import { inspectedKinds } from '../../../../src/ui/inspector/protocol';
import type * as InspectableModule from '../../../../src/ui/inspector/tabs/inspectable';
import type * as KindsModule from '../../../../src/ui/inspector/tabs/kinds';
import { l10n, loadUi } from '../vscodeStub';
import { user } from './models';

const { actionsOf } = loadUi('inspector/head', { l10n }) as typeof HeadModule;
const { kinds } = loadUi('inspector/tabs/kinds', { l10n }) as typeof KindsModule;
const { fits } = loadUi('inspector/tabs/inspectable') as typeof InspectableModule;
const { Handles } = loadUi('inspector/handles') as typeof HandlesModule;

interface Manifest {
  contributes: {
    commands: { command: string; icon?: string }[];
    menus: Record<string, { command?: string; when?: string }[]>;
  };
}
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('The head of a container’s inspector', () => {
  const always = ['Shell', 'Logs', 'Rename…', 'Remove…', 'JSON'];
  const offered: Readonly<Partial<Record<Container['state'], readonly string[]>>> = {
    running: ['Stop', 'Restart', 'Kill…', 'Pause', ...always],
    paused: ['Unpause', 'Stop', 'Restart', 'Kill…', ...always.slice(1)],
    exited: ['Start', 'Restart', ...always.slice(1)],
  };
  for (const [state, titles] of Object.entries(offered) as [Container['state'], readonly string[]][]) {
    it(`offers what fits one that is ${state}, with icons`, () => {
      const actions = actionsOf({ kind: 'container', row: user({ state }) }, false, new Handles());
      assert.deepEqual(
        actions.map(({ title }) => title),
        titles,
      );
      assert(actions.every(({ icon }) => icon !== ''));
    });
  }
});

describe('What the head of an inspector offers', () => {
  /** The words that decide over menus, one or the other of each list. */
  const words: Readonly<Record<(typeof inspectedKinds)[number], readonly (readonly string[])[]>> = {
    container: [['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']],
    image: [
      ['tagged', 'dangling'],
      ['', 'used'],
    ],
    network: [
      ['', 'predefined'],
      ['', 'used'],
    ],
    volume: [
      ['', 'used'],
      ['', 'anonymous'],
    ],
  };

  for (const kind of inspectedKinds) {
    for (const { verb, icon, ...condition } of kinds[kind].actions) {
      const command = `quayside.${kind}.${verb}`;

      it(`is ${command} where a row's menu offers it too`, () => {
        for (const combination of combinations(words[kind])) {
          const has = [kind, ...combination].filter(Boolean);
          assert.equal(fits(condition, has), isInMenu(command, has.join(' ')), has.join(' '));
        }
      });

      it(`is ${command} with the command's icon, if that has one`, () => {
        const own = contributes.commands.find(contributed => contributed.command === command)?.icon;
        assert.equal(own ?? `$(${icon})`, `$(${icon})`);
      });
    }
  }
});

function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>((all, list) => all.flatMap(one => list.map(word => [...one, word])), [[]]);
}

/** Conditions of a row's menu end with a pattern for the row's words. */
function isInMenu(command: string, viewItem: string): boolean {
  const items = (contributes.menus['view/item/context'] ?? []).filter(item => item.command === command);
  assert.ok(items.length > 0, `${command} is in no menu of rows`);
  return items.some(({ when = '' }) => {
    const pattern = /viewItem =~ \/(.*)\/$/.exec(when)?.[1];
    assert.ok(pattern, when);
    return new RegExp(pattern).test(viewItem);
  });
}

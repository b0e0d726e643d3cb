import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type * as CommandsModule from '../../../src/ui/commands';
import type * as ContainersViewModule from '../../../src/ui/trees/containersView';
import type * as ViewCommandsModule from '../../../src/ui/trees/resource/viewCommands';
import { loadUi, withVscodeStub } from '../ui/vscodeStub';

interface MenuItem {
  command?: string;
  submenu?: string;
  when?: string;
  group?: string;
}

interface Keybinding {
  command: string;
  key: string;
  mac?: string;
  when?: string;
  args?: { selection?: string };
}

interface Contributes {
  commands: { command: string; title: string; category?: string; icon?: string }[];
  menus: Record<string, MenuItem[]>;
  submenus: { id: string; label: string }[];
  keybindings: Keybinding[];
  views: Record<string, { id: string }[]>;
  viewsWelcome: { contents: string }[];
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const manifest = readFileSync('package.json', 'utf8');
const { contributes } = JSON.parse(manifest) as { contributes: Contributes };
const texts = read('package.nls.json') as Record<string, string>;

const { commandTable } = loadUi('commands/index') as typeof CommandsModule;
const objectIds = Object.keys(commandTable);
const { isViewCommand, viewCommands } = loadUi('trees/resource/viewCommands') as typeof ViewCommandsModule;
const { containersViewCommands } = loadUi('trees/containersView') as typeof ContainersViewModule;
const viewIds = withVscodeStub(() => {
  const none = undefined as unknown as Parameters<typeof containersViewCommands>[0];
  const views = (contributes.views['quayside'] ?? []).filter(({ id }) => id !== 'quayside.engines');
  return [
    ...Object.keys(containersViewCommands(none)),
    ...views.flatMap(({ id }) => Object.keys(viewCommands(id, none, {}))),
  ];
});
const registered = [...objectIds, ...viewIds].sort();
const contributed = contributes.commands.map(({ command }) => command).sort();
const views = new Set(Object.values(contributes.views).flatMap(all => all.map(({ id }) => id)));
const menuItems = Object.entries(contributes.menus).flatMap(([menu, items]) => items.map(item => ({ menu, ...item })));

describe('The manifest', () => {
  it('contributes exactly the commands that are registered, each once', () => {
    assert.deepEqual(contributed, registered);
    assert.equal(new Set(contributed).size, contributed.length);
  });

  it('tells the commands of the views, which register them, from those of the table', () => {
    assert.deepEqual(viewIds.filter(isViewCommand), viewIds);
    assert.deepEqual(objectIds.filter(isViewCommand), []);
  });

  it('names every command quayside.<object>.<verb>, of the category Quayside', () => {
    for (const { command, category } of contributes.commands) {
      assert.match(command, /^quayside\.[a-z]+\.[a-zA-Z]+$/);
      assert.equal(category, 'Quayside', command);
    }
  });

  it('titles every command through a text of its own', () => {
    for (const { command, title } of contributes.commands) assert.equal(title, `%command.${command}.title%`);
    const titles = contributes.commands.map(({ command }) => texts[`command.${command}.title`]);
    assert.ok(titles.every(title => title?.trim()));
    assert.equal(new Set(titles).size, titles.length, 'two commands have one title');
  });

  it('has each text that it refers to, and refers to each text that it has', () => {
    const used = new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map(match => match[1] ?? ''));
    assert.deepEqual(
      [...used].filter(key => !(key in texts)),
      [],
    );
    assert.deepEqual(
      Object.keys(texts).filter(key => !used.has(key)),
      [],
    );
  });

  it('takes all its icons from the product’s icons', () => {
    for (const { command, icon } of contributes.commands) {
      if (icon !== undefined) assert.match(icon, /^\$\([a-z0-9-]+\)$/, command);
    }
  });

  it('has only known commands and submenus in its menus, and each once in each place', () => {
    const submenus = new Set(contributes.submenus.map(({ id }) => id));
    for (const { menu, command, submenu } of menuItems) {
      if (command !== undefined) assert.ok(contributed.includes(command), `${menu}: ${command}`);
      if (submenu !== undefined) assert.ok(submenus.has(submenu) && contributes.menus[submenu], `${menu}: ${submenu}`);
    }
    const places = menuItems.map(({ menu, command, submenu, when, group }) =>
      [menu, command, submenu, when, group].join('|'),
    );
    assert.equal(new Set(places).size, places.length);
  });

  it('gives an icon to every command that shows inline or in a view’s title', () => {
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    for (const { command = '', group = '' } of menuItems) {
      if (/^(inline|navigation)\b/.test(group)) assert.ok(icons.get(command), command);
    }
  });

  it('refers only to views that exist', () => {
    const whens = [...menuItems, ...contributes.keybindings].map(({ when = '' }) => when);
    for (const when of whens) {
      for (const match of when.matchAll(/\b(?:view|focusedView) == (\S+)/g)) assert.ok(views.has(match[1] ?? ''), when);
    }
  });

  it('hides from the palette what cannot run without an engine', () => {
    const palette = new Map((contributes.menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));
    const always = ['select', 'add', 'edit', 'remove', 'test', 'showLog', 'showActions', 'copyDiagnostics'].map(
      verb => `quayside.engine.${verb}`,
    );
    const never = ['quayside.engine.use'];
    const away = ['quayside.engine.retry', 'quayside.engine.showAttempts'];
    for (const id of objectIds) {
      if (never.includes(id)) assert.equal(palette.get(id), 'false');
      if (never.includes(id)) continue;
      const when = always.includes(id) ? undefined : away.includes(id) ? '!quayside.connected' : 'quayside.connected';
      assert.equal(palette.get(id), when, id);
    }
  });

  it('binds keys only within its views, to what is selected there', () => {
    for (const { command, when, args } of contributes.keybindings) {
      assert.ok(contributed.includes(command), command);
      assert.equal(when, `focusedView == ${args?.selection ?? ''} && !inputFocus`);
    }
  });

  it('offers only known commands in its welcome views', () => {
    for (const { contents } of contributes.viewsWelcome) {
      const text = texts[contents.replace(/%/g, '')] ?? '';
      for (const [, id = ''] of text.matchAll(/\(command:([^)?]+)/g)) assert.ok(contributed.includes(id), id);
    }
  });
});

describe('The menu of a row', () => {
  /** What the rows of a context value are offered, as VS Code reads the conditions. */
  const offered = (viewItem: string, inline: boolean): string[] =>
    (contributes.menus['view/item/context'] ?? [])
      .filter(({ group = '' }) => group.startsWith('inline') === inline)
      .filter(
        ({ when = '' }) => (/viewItem =~ \/(.*)\/$/.exec(when)?.[1] ?? 'none') !== 'none' && matches(when, viewItem),
      )
      .map(({ command, submenu }) => (command ?? submenu ?? '').replace('quayside.', ''));

  const matches = (when: string, viewItem: string): boolean =>
    new RegExp(/viewItem =~ \/(.*)\/$/.exec(when)?.[1] ?? '').test(viewItem);

  const inline: [viewItem: string, commands: string[]][] = [
    ['container created', ['container.start', 'container.showLogs', 'container.openInspector']],
    ['container exited compose', ['container.start', 'container.showLogs', 'container.openInspector']],
    [
      'container running starting',
      ['container.openShell', 'container.stop', 'container.restart', 'container.showLogs', 'container.openInspector'],
    ],
    [
      'container running unhealthy compose published',
      ['container.openShell', 'container.stop', 'container.restart', 'container.showLogs', 'container.openInspector'],
    ],
    ['container paused', ['container.unpause', 'container.stop', 'container.showLogs', 'container.openInspector']],
    ['container restarting', ['container.stop', 'container.showLogs', 'container.openInspector']],
    ['container removing', ['container.showLogs', 'container.openInspector']],
    ['container dead', ['container.start', 'container.showLogs', 'container.openInspector']],
    ['project running stopped composeFile', ['project.start', 'project.stop', 'project.restart', 'project.showLogs']],
    ['project stopped', ['project.start', 'project.showLogs']],
    ['project paused', ['project.showLogs']],
    ['image tagged', ['image.remove', 'image.openInspector']],
    ['image dangling used', ['image.openInspector']],
    ['network', ['network.remove', 'network.openInspector']],
    ['network predefined', ['network.openInspector']],
    ['network used', ['network.openInspector']],
    ['volume anonymous', ['volume.remove', 'volume.openInspector']],
    ['volume used', ['volume.openInspector']],
    ['port', []],
    ['port published', ['container.openInBrowser']],
    ['group repository', []],
    ['attachment', []],
    ['mount', []],
  ];
  for (const [viewItem, commands] of inline) {
    it(`offers ${commands.join(', ') || 'nothing'} inline on “${viewItem}”`, () => {
      assert.deepEqual(offered(viewItem, true), commands);
    });
  }

  const logs = ['showLogs', 'showLogsFrom', 'saveLogs', 'openLogs'];
  const contexts: [viewItem: string, commands: string[]][] = [
    [
      'container running published',
      [
        ...[
          'openInspector',
          'stop',
          'stopWithTimeout',
          'restart',
          'pause',
          'kill',
          'wait',
          'openInBrowser',
          ...logs,
          'inspect',
          'openShell',
          'openShellWith',
          'runCommand',
          'attach',
          'copy',
          'rename',
          'remove',
        ],
      ].map(verb => `container.${verb}`),
    ],
    [
      'container exited',
      ['openInspector', 'start', 'restart', ...logs, 'inspect', 'copy', 'rename', 'remove'].map(
        verb => `container.${verb}`,
      ),
    ],
    ['container removing', ['openInspector', ...logs, 'inspect', 'copy'].map(verb => `container.${verb}`)],
    [
      'project stopped composeFile',
      ['start', 'restart', 'openComposeFile', 'showLogs', 'remove'].map(verb => `project.${verb}`),
    ],
    [
      'project running paused',
      ['stop', 'restart', 'pause', 'unpause', 'showLogs', 'remove'].map(verb => `project.${verb}`),
    ],
    [
      'image tagged used',
      ['openInspector', 'pullAgain', 'tag', 'inspect', 'history', 'copy', 'remove'].map(verb => `image.${verb}`),
    ],
    ['image dangling', ['openInspector', 'tag', 'inspect', 'history', 'copy', 'remove'].map(verb => `image.${verb}`)],
    ['network predefined used', ['openInspector', 'inspect', 'copy'].map(verb => `network.${verb}`)],
    ['volume', ['openInspector', 'inspect', 'copy', 'remove'].map(verb => `volume.${verb}`)],
    ['volume used', ['openInspector', 'inspect', 'copy'].map(verb => `volume.${verb}`)],
    ['group danglingImages', ['image.prune']],
    ['group repository', []],
    ['port', []],
  ];
  for (const [viewItem, commands] of contexts) {
    it(`offers what fits “${viewItem}”`, () => {
      assert.deepEqual(offered(viewItem, false), commands);
    });
  }
});

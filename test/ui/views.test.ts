import assert from 'node:assert/strict';
import { type Api, runContainer } from '../support/engines/rawEngine';
import { fillSample, sampleContainers } from './sample';
import {
  emptyPartEngine,
  openUi,
  outline,
  pictureFailures,
  rowOf,
  type Ui,
  untilOutline,
  untilRows,
  untilTrue,
} from './setup';

describe('The views', () => {
  let api: Api;
  let ui: Ui;

  pictureFailures(() => ui);

  before(async () => {
    api = await emptyPartEngine();
    await fillSample(api);
    ui = await openUi();
    await ui.window.openView('Containers', { alone: true });
  });

  after(() => ui.dispose());

  it('show containers below their Compose project, the others below, with image, status and ports', async () => {
    await untilOutline(ui.window, 'Containers', sampleContainers);
  });

  it('tell state and health by the shape of the icon', async () => {
    const rows = await ui.window.rows('Containers');
    const icons = Object.fromEntries(rows.map(({ label, icon }) => [label, icon]));
    assert.deepEqual(icons, {
      shop: 'layers',
      'shop-db-1': 'play-circle',
      'shop-mailer-1': 'error',
      'shop-web-1': 'pass-filled',
      cache: 'warning',
      importer: 'debug-pause',
      migrate: 'circle-outline',
      scratchpad: 'circle-large-outline',
    });
  });

  it('tell a screen reader what the row says', async () => {
    const { ariaLabel } = rowOf(await ui.window.rows('Containers'), 'shop-web-1');
    assert.match(ariaLabel, /^shop-web-1, Up .+ \(healthy\), nginx:1\.27-alpine, 8080→80\/tcp$/);
  });

  it('count what runs on the icon in the activity bar, and beside the engine in the status bar', async () => {
    await untilTrue('the badge counts 3', async () => (await ui.window.badge()) === '3');
    const texts = await ui.window.statusBar();
    assert.ok(
      texts.some(text => /^Docker 20\.10\.\d+ · 3 running$/.test(text)),
      texts.join(' | '),
    );
  });

  it("show a container's ports, networks and mounts below it", async () => {
    const { window } = ui;
    await window.expand('Containers', 'shop-web-1');
    await window.expand('Containers', 'shop-db-1');
    await window.expand('Containers', 'importer');
    const rows = await untilRows(window, 'Containers', 'the details show', all =>
      ['10.77.0.10', '/tmp (ro)', 'shop_data'].every(text => all.some(({ description }) => description === text)),
    );
    const below = (label: string): string[] => {
      const start = rows.findIndex(row => row.label === label);
      const level = rows[start]?.level ?? 0;
      const end = rows.findIndex((row, index) => index > start && row.level <= level);
      return outline(rows.slice(start + 1, end)).map(line => line.trim());
    };
    assert.deepEqual(below('shop-web-1'), ['8080→80/tcp | 0.0.0.0, ::', 'shop_default | 10.77.0.10']);
    assert.deepEqual(below('shop-db-1'), [
      '5432/tcp',
      'shop_default | 10.77.0.11',
      '/var/lib/postgresql/data | shop_data',
    ]);
    assert.match(below('importer').join('\n'), /^bridge \| 172\.17\.0\.\d+\n\/work \| \/tmp \(ro\)$/);
    for (const label of ['shop-web-1', 'shop-db-1', 'importer']) await window.expand('Containers', label, false);
  });

  const groupings: Record<string, readonly string[]> = {
    State: [
      ...['running | 3', '  cache', '  shop-db-1', '  shop-web-1', 'paused | 1', '  importer'],
      ...['created | 1', '  scratchpad', 'exited | 2', '  migrate', '  shop-mailer-1'],
    ],
    Image: [
      ...['busybox:latest | 4', '  cache', '  importer', '  migrate', '  scratchpad', 'nginx:1.27-alpine | 1'],
      ...['  shop-web-1', 'postgres:16 | 1', '  shop-db-1'],
      ...['registry.example.com/team/worker:2.4.1 | 1', '  shop-mailer-1'],
    ],
    Network: [
      ...['bridge | 4', '  cache', '  importer', '  migrate', '  scratchpad'],
      ...['shop_default | 3', '  shop-db-1', '  shop-mailer-1', '  shop-web-1'],
    ],
    'No groups': [...['cache', 'importer', 'migrate', 'scratchpad', 'shop-db-1', 'shop-mailer-1', 'shop-web-1']],
  };

  for (const [choice, expected] of Object.entries(groupings)) {
    it(`group containers by: ${choice}`, async () => {
      await ui.window.viewAction('Containers', 'Group Containers By…');
      await ui.window.quickPick(choice);
      await untilRows(ui.window, 'Containers', `groups by ${choice}`, rows => {
        const lines = rows.map(row =>
          outline([row])
            .join('')
            .replace(/^(\s*\S+) \| [^\d].*$/, '$1'),
        );
        return lines.join('\n') === expected.join('\n');
      });
    });
  }

  it('group containers by project again, with all rows back', async () => {
    await ui.window.viewAction('Containers', 'Group Containers By…');
    await ui.window.quickPick('Compose project');
    await untilOutline(ui.window, 'Containers', sampleContainers);
  });

  it('show images as repositories with their tags, what is in use, and the dangling ones apart', async () => {
    const { window } = ui;
    await window.openView('Images', { alone: true });
    const repositories = ['busybox', 'nginx', 'postgres', 'registry.example.com/team/worker', 'Dangling'];
    await untilRows(window, 'Images', 'the repositories show', rows => rows.length === repositories.length);
    for (const repository of repositories) await window.expand('Images', repository);
    const rows = await untilRows(window, 'Images', 'all tags show', all => all.length === 11);
    const lines = outline(rows).map(line => line.replace(/[0-9a-f]{12}/, 'ID').replace(/[\d.]+MB/, 'SIZE'));
    const [label = '', ...rest] = lines.slice(-1);
    assert.deepEqual(rest, []);
    assert.match(label, /^ {2}ID \| SIZE · … ago$/);
    assert.deepEqual(lines.slice(0, -1), [
      ...['busybox | 1', '  latest | SIZE · … ago · in use'],
      ...['nginx | 2', '  1.27-alpine | SIZE · … ago · in use', '  latest | SIZE · … ago · in use'],
      ...['postgres | 1', '  16 | SIZE · … ago · in use'],
      ...['registry.example.com/team/worker | 1', '  2.4.1 | SIZE · … ago · in use'],
      'Dangling | 1',
    ]);
    assert.equal(rowOf(rows, '1.27-alpine').icon, 'layers-active');
    assert.equal(rows.at(-1)?.icon, 'layers');
  });

  it('show networks with the containers that are attached to them, and their addresses', async () => {
    const { window } = ui;
    await window.openView('Networks', { alone: true });
    await untilRows(window, 'Networks', 'the networks show', rows => rows.length === 4);
    await window.expand('Networks', 'shop_default');
    await untilOutline(window, 'Networks', [
      'bridge | bridge · local · 172.17.0.0/16',
      'host | host · local',
      'none | null · local',
      'shop_default | bridge · local · 10.77.0.0/24',
      '  shop-db-1 | 10.77.0.11',
      '  shop-mailer-1 | exited',
      '  shop-web-1 | 10.77.0.10',
    ]);
  });

  it('show volumes with the containers that use them', async () => {
    const { window } = ui;
    await window.openView('Volumes', { alone: true });
    await untilRows(window, 'Volumes', 'the volumes show', rows => rows.length === 2);
    await window.expand('Volumes', 'shop_data');
    await untilOutline(window, 'Volumes', [
      'old_backup | local',
      'shop_data | local · in use',
      '  shop-db-1 | /var/lib/postgresql/data',
    ]);
  });

  it('show what somebody else does, each by itself', async () => {
    const { window } = ui;
    await api('POST', '/volumes/create', { Name: 'new_volume' });
    await untilRows(window, 'Volumes', 'the new volume', rows => rows.some(({ label }) => label === 'new_volume'));
    await api('DELETE', '/volumes/new_volume');
    await untilRows(window, 'Volumes', 'it is gone', rows => rows.every(({ label }) => label !== 'new_volume'));

    await window.openView('Networks', { alone: true });
    await api('POST', '/networks/create', { Name: 'later' });
    await untilRows(window, 'Networks', 'the new network', rows => rows.some(({ label }) => label === 'later'));
    await api('POST', '/networks/later/connect', { Container: 'cache' });
    await untilRows(window, 'Networks', 'it is in use', rows => rowOf(rows, 'later').expanded === false);
    await api('POST', '/networks/later/disconnect', { Container: 'cache' });
    await api('DELETE', '/networks/later');
    await untilRows(window, 'Networks', 'it is gone', rows => rows.every(({ label }) => label !== 'later'));

    await window.openView('Images', { alone: true });
    await api('POST', '/images/busybox:latest/tag?repo=extra&tag=1');
    await untilRows(window, 'Images', 'the new tag', rows => rows.some(({ label }) => label === 'extra'));
    await api('DELETE', '/images/extra:1');
    await untilRows(window, 'Images', 'it is gone', rows => rows.every(({ label }) => label !== 'extra'));

    await window.openView('Containers', { alone: true });
    await runContainer(api, { name: 'newcomer' });
    await untilRows(window, 'Containers', 'it runs', rows =>
      rows.some(({ label, icon }) => label === 'newcomer' && icon === 'play-circle'),
    );
    await untilTrue('the badge counts 4', async () => (await window.badge()) === '4');
    await api('DELETE', '/containers/newcomer?force=1');
    await untilOutline(window, 'Containers', sampleContainers);
    await untilTrue('the badge counts 3', async () => (await window.badge()) === '3');
  });
});

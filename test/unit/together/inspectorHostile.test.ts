import assert from 'node:assert/strict';
import { readInspected, readShownTab } from '../../../src/ui/inspector/messages';
import { dataOf } from '../../../src/ui/webview/documentData';
import { announcedSeed, Random } from '../../support/random';
import { content, derivedTabs, source } from '../ui/inspector/models';

const hostile = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '[x](command:workbench.action.quit)',
  '\u202egnp.exe\u0000\u001b]52;c;eA==\u0007',
  '__proto__',
  'x'.repeat(1_000_000),
];

describe('What the inspector shows of hostile answers', () => {
  const fields = [
    ...[
      'Id',
      'Name',
      'Image',
      'State',
      'Status',
      'Health',
      'Log',
      'Start',
      'ExitCode',
      'Config',
      'Env',
      'Labels',
      'Cmd',
    ],
    ...['HostConfig', 'Memory', 'Ulimits', 'Tmpfs', 'Mounts', 'Destination', 'NetworkSettings', 'Networks', 'Ports'],
    ...[
      '80/tcp',
      'HostPort',
      'Healthcheck',
      'Test',
      'IPAM',
      'Options',
      'Containers',
      'RepoTags',
      'Driver',
      '__proto__',
    ],
  ];

  /** An answer whose fields hold anything, down to a depth. */
  const anything = (random: Random, depth: number): unknown => {
    if (depth === 0 || random.chance(0.2)) {
      return random.pick([null, undefined, true, -1, 1e300, NaN, '0001-01-01T00:00:00Z', ...hostile.slice(0, 5)]);
    }
    if (random.chance(0.3)) return Array.from({ length: random.below(4) }, () => anything(random, depth - 1));
    const entries = Array.from({ length: random.below(8) }, () => [random.pick(fields), anything(random, depth - 1)]);
    return Object.fromEntries(entries) as unknown;
  };

  for (const kind of ['container', 'image', 'network', 'volume'] as const) {
    it(`of a ${kind} is no exception`, () => {
      const random = new Random(announcedSeed());
      for (let count = 0; count < 500; count++) {
        const json = anything(random, 5) ?? {};
        const from = source(typeof json === 'object' ? json : {});
        for (const tab of derivedTabs(kind)) content(kind, tab, from);
      }
    });
  }

  it('is the text as it is, a long one cut, in every place', () => {
    for (const text of hostile) {
      const labels = { [text]: text, a: text };
      const Config = { Env: [`A=${text}`], Cmd: [text], WorkingDir: text, User: text, Hostname: text, Labels: labels };
      const Mounts = [{ Type: 'bind', Source: text, Destination: text }];
      const NetworkSettings = { Networks: { [text]: { DriverOpts: labels } } };
      const from = source({ Id: 'x', State: { Status: 'running', Error: text }, Config, Mounts, NetworkSettings });
      const { variables } = content('container', 'environment', from);
      const shown = variables[0]?.value;
      assert.equal(shown?.cut === undefined ? shown?.text : from.ledger.heldOf(shown.cut), text);
      for (const tab of ['overview', 'mounts', 'network'] as const) {
        const { sections } = content('container', tab, from);
        assert(JSON.stringify(sections).length < 20_000, tab);
      }
    }
  });
});

describe('What a page’s document holds', () => {
  it('ends no attribute, begins no element and looks like no address', () => {
    const data = dataOf([{ text: `"'><script>&quot;` }]);
    assert.doesNotMatch(data, /["'<>]|&(?!#\d+;)/);
  });

  it('is left out where it is long', () => assert.equal(dataOf(['x'.repeat(1_000_000)]), ''));
});

describe('The state of a page that is restored', () => {
  const inspected = { kind: 'container', id: 'abc', name: 'web', engine: { id: 'url:x', name: 'here' } };

  it('tells what it was about', () => {
    assert.deepEqual(readInspected({ inspected, tab: 'raw', scroll: 5 }), inspected);
  });

  for (const [state, tab] of [
    [{ tab: 'raw' }, 'raw'],
    [{ tab: 'constructor' }, undefined],
    [{ tab: 5 }, undefined],
    [undefined, undefined],
  ] as const) {
    it(`tells the tab ${tab} where it is ${JSON.stringify(state)}`, () => assert.equal(readShownTab(state), tab));
  }

  const misfits: readonly unknown[] = [
    undefined,
    null,
    {},
    { inspected: null },
    { inspected: { ...inspected, kind: 'service' } },
    { inspected: { ...inspected, id: '' } },
    { inspected: { ...inspected, id: 5 } },
    { inspected: { ...inspected, engine: 'here' } },
    { inspected: { ...inspected, engine: { id: 'url:x' } } },
    [inspected],
  ];
  for (const state of misfits) {
    it(`tells nothing where it is ${JSON.stringify(state)}`, () => assert.equal(readInspected(state), undefined));
  }
});

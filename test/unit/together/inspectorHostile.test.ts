import assert from 'node:assert/strict';
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
      assert.equal(shown?.cut === undefined ? shown?.text : from.handles.heldOf(shown.cut), text);
      for (const tab of ['overview', 'mounts', 'network'] as const) {
        const { sections } = content('container', tab, from);
        assert(JSON.stringify(sections).length < 20_000, tab);
      }
    }
  });
});

import fc from 'fast-check';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { record } from '../../../src/base/read';
import { endpointCandidates, knownEndpoints } from '../../../src/engine/endpoints/endpoint';
import { isEngineError } from '../../../src/engine/errors';
import { containerRow } from '../../../src/engine/objects/containers/row';
import type * as ConfigModule from '../../../src/ui/config';
import type * as ContainerTextModule from '../../../src/ui/objects/containerText';
import { readKeys } from '../../../src/ui/terminals/processes/keys';
import { containerEntry } from '../../support/engines/fakeEngine';
import { l10n, loadAnew } from './vscodeStub';

const numRuns = process.env['QUAYSIDE_SOAK'] ? 20_000 : 500;

let settings: Readonly<Record<string, unknown>> = {};
const workspace = { getConfiguration: () => ({ get: (key: string) => settings[key] }) };
const { config } = loadAnew([], 'config', { workspace }) as typeof ConfigModule;
const containerTexts = loadAnew(['objects/ageText'], 'objects/containerText', { l10n });
const { fillContainerTemplate } = containerTexts as typeof ContainerTextModule;

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: unknown };
const names = Object.keys(record(record(record(contributes)['configuration'])['properties'])).map(name =>
  name.slice('quayside.'.length),
);

const word = fc.constantFrom('name', 'label:a', 'label:__proto__', '__proto__', 'constructor', 'toString', 'cpu', '');
const template = fc
  .array(
    fc.oneof(
      word.map(name => `\${${name}}`),
      fc.constantFrom('·', '${', '}'),
      fc.string(),
    ),
  )
  .map(parts => parts.join(''));
const address = fc
  .tuple(fc.constantFrom('tcp', 'ssh', 'unix', 'npipe', 'https', 'x'), fc.string())
  .map(([scheme, rest]) => `${scheme}://${rest}`);
const entry = fc.record(
  { name: fc.anything(), url: fc.oneof(address, fc.anything()), tls: fc.oneof(fc.object(), fc.anything()) },
  { requiredKeys: [] },
);
const value = fc.oneof(
  template,
  address,
  fc.array(entry),
  fc.array(fc.string()),
  fc.double(),
  fc.json(),
  fc.anything(),
);
const anySettings = fc.record(Object.fromEntries(names.map(name => [name, value])), { requiredKeys: [] });

describe('Whatever the settings say', () => {
  const container = containerRow(containerEntry('a', { Labels: { a: 'b' } }), 0);

  it('they are read as what they are declared to be, templates are filled, keys are read or not', () => {
    const own = Object.getOwnPropertyNames(config) as (keyof typeof config)[];
    settings = {};
    const types = own.map(key => typeof config[key]);
    fc.assert(
      fc.property(anySettings, given => {
        settings = given;
        assert.deepEqual(
          own.map(key => typeof config[key]),
          types,
        );
        for (const text of [config.containersLabel, config.containersDescription, config.containersStatsColumns]) {
          const filled = fillContainerTemplate(text, container, 0);
          assert.ok(typeof filled === 'string' && !/\[object|\[native/.test(filled.replace(text, '')), filled);
        }
        readKeys(config.detachKeys);
        assert.ok(config.shells.every(shell => shell.trim() !== ''));
        assert.ok(config.logsTail >= 0);
      }),
      { numRuns },
    );
  });

  it('the engines that they name are read, or told to be unusable by an EngineError', async () => {
    await fc.assert(
      fc.asyncProperty(anySettings, async given => {
        settings = given;
        const around = { env: {}, platform: 'linux', home: '/nowhere' } as const;
        const context = { ...around, setting: config.endpoint, added: config.endpoints };
        const known = await knownEndpoints(context);
        assert.ok(known.every(({ endpoint, error }) => endpoint !== undefined || isEngineError(error)));
        await endpointCandidates(context).catch((error: unknown) => assert.ok(isEngineError(error), String(error)));
      }),
      { numRuns: numRuns / 5 },
    );
  });
});

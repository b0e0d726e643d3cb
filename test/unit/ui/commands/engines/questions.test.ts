import assert from 'node:assert/strict';
import type * as QuestionsModule from '../../../../../src/ui/commands/engines/questions';
import type * as TargetModule from '../../../../../src/ui/commands/engines/target';
import { l10n, loadAnew } from '../../vscodeStub';

let picks: string[] = [];
const vscode = {
  l10n,
  window: {
    showQuickPick: (items: { label: string }[]) =>
      Promise.resolve(items.find(({ label }) => label === picks[0] && picks.shift())),
    showInputBox: ({ value }: { value?: string }) => Promise.resolve(value),
  },
  workspace: { getConfiguration: () => ({ get: (key: string) => (key === 'endpoints' ? [] : '') }) },
};
const modules = [
  'text',
  'failure',
  'config',
  'session/endpointContext',
  'actions/pick',
  'objects/engineText',
  'objects/engineLook',
];
const { askEndpoint } = loadAnew(modules, 'commands/engines/questions', vscode) as typeof QuestionsModule;
const { engineTarget } = loadAnew(modules, 'commands/engines/target', vscode) as typeof TargetModule;

describe('An engine with TLS', () => {
  for (const skipVerify of [true, false]) {
    it(`keeps ${skipVerify ? 'accepting any' : 'verifying the'} certificate when it is edited`, async () => {
      picks = ['TCP with TLS', 'None'];
      const before = { name: 'build', url: 'tcp://build:2376', tls: { skipVerify } };
      assert.deepEqual(await askEndpoint([], before), before);
    });
  }

  it('that is not known yet is reached as docker’s environment variables say', async () => {
    const variables = { DOCKER_TLS: '1', DOCKER_CERT_PATH: '/nowhere' };
    const before = Object.keys(variables).map(name => [name, process.env[name]] as const);
    Object.assign(process.env, variables);
    try {
      const engines = { refresh: () => Promise.resolve(), entries: [] };
      const call = { subjects: [], names: ['tcp://build:2376'], options: {}, fromProgram: true };
      const { endpoint } = await engineTarget({ call, engines } as never, { which: '' });
      assert.deepEqual(endpoint?.address, { kind: 'tcp', host: 'build', port: 2376, tls: { skipVerify: true } });
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });
});

import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/event';
import { parseEndpoint } from '../../../../src/engine/endpoints/endpoint';
import type { KnownEngines } from '../../../../src/ui/session/knownEngines';
import type * as UnprotectedModule from '../../../../src/ui/session/unencryptedWarning';
import { l10n, loadAnew } from '../vscodeStub';

describe('The warning of an address without protection', () => {
  const warnings: string[] = [];
  const window = {
    showWarningMessage: (message: string) => {
      warnings.push(message);
      return Promise.resolve(undefined);
    },
  };
  const { warnOfUnencrypted } = loadAnew(['text'], 'session/unencryptedWarning', {
    l10n,
    window,
  }) as typeof UnprotectedModule;

  /** What is remembered, and a way to connect an engine. */
  const begin = (kept = new Map<string, unknown>()) => {
    const changed = new Emitter<void>();
    const entries: unknown[] = [];
    const memory = {
      get: (key: string, otherwise: unknown) => kept.get(key) ?? otherwise,
      update: (key: string, value: unknown) => Promise.resolve(kept.set(key, value)),
    };
    const warning = warnOfUnencrypted(
      { onDidChange: changed.event, entries } as unknown as KnownEngines,
      memory as never,
    );
    const connect = async (url: string): Promise<void> => {
      entries.push({ session: { connection: { engine: { endpoint: parseEndpoint(url, 'added') } } } });
      changed.fire();
      await new Promise(resolve => setImmediate(resolve));
    };
    return { connect, warning, kept };
  };

  beforeEach(() => {
    warnings.length = 0;
  });

  it('is shown once for an address, and never again', async () => {
    const first = begin();
    await first.connect('tcp://10.1.2.3:2375');
    await first.connect('tcp://10.1.2.3:2375');
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? '',
      /^The connection to tcp:\/\/10\.1\.2\.3:2375 is not encrypted and asks for no password/,
    );
    const next = begin(first.kept);
    await next.connect('tcp://10.1.2.3:2375');
    assert.equal(warnings.length, 1);
    await next.connect('tcp://10.1.2.4:2375');
    assert.equal(warnings.length, 2);
    for (const { warning } of [first, next]) warning.dispose();
  });

  it('is not shown for sockets, ssh, and what does not leave the machine', async () => {
    const { connect, warning } = begin();
    for (const url of ['unix:///var/run/docker.sock', 'ssh://build', 'tcp://127.0.0.1:2375', 'tcp://[::1]:2375'])
      await connect(url);
    assert.deepEqual(warnings, []);
    warning.dispose();
  });
});

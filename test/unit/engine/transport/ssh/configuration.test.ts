import assert from 'node:assert/strict';
import type { SshAddress } from '../../../../../src/engine/endpoints/address';
import { readConfiguration } from '../../../../../src/engine/transport/ssh/configuration';

describe('ssh’s own configuration', () => {
  const address: SshAddress = { kind: 'ssh', host: 'build' };
  const told: Record<string, string> = {
    build: 'user ada\nhostname Build.Example.org\nstricthostkeychecking true\nproxyjump bob@jump:22,[fe80::1]:2222,-x',
    jump: 'user bob\nhostname 10.0.0.1\nhostkeyalias gate\nproxyjump build',
    'fe80::1': 'user ada\nhostname fe80::1\nstricthostkeychecking ask',
    '-x': '',
  };

  it('tells the logins on the way, in the words of ssh’s questions, and whether an unknown host is asked about', async () => {
    const asked: SshAddress[] = [];
    const { strict, logins } = await readConfiguration(address, host => {
      asked.push(host);
      return Promise.resolve(told[host.host] ?? '');
    });
    assert.equal(strict, true);
    assert.deepEqual([...logins].slice(0, 3), ['ada@build.example.org', 'bob@gate', 'ada@fe80::1']);
    assert.deepEqual(asked.slice(1, 3), [
      { kind: 'ssh', user: 'bob', host: 'jump', port: 22 },
      { kind: 'ssh', host: 'fe80::1', port: 2222 },
    ]);
    assert.equal(asked.length, 8, 'a circle ends');
    for (const [answer, isStrict] of Object.entries({ yes: true, ask: false, 'accept-new': false, false: false })) {
      const read = await readConfiguration(address, () => Promise.resolve(`stricthostkeychecking ${answer}`));
      assert.equal(read.strict, isStrict, answer);
    }
  });
});

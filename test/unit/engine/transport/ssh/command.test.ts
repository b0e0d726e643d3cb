import fc from 'fast-check';
import assert from 'node:assert/strict';
import { parseAddress, type SshAddress } from '../../../../../src/engine/endpoints/address';
import { isEngineError } from '../../../../../src/engine/errors';
import { loginArguments, stdioArguments } from '../../../../../src/engine/transport/ssh/command';

describe('An ssh address', () => {
  it('never becomes an option or a command of ssh, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (rest, path) => {
        try {
          const { address } = parseAddress(`ssh://${rest}/${path}`);
          assert.ok(address.kind === 'ssh');
          const args = stdioArguments(address, '/c', []);
          assert.equal(args.at(-3), '--');
          assert.doesNotMatch(address.host, /^-|[\s'"`$\\;&<>|(){}]/);
          const login = loginArguments(address, '/c', { strict: false, more: [] });
          assert.deepEqual([login.at(-2), login.at(-1)], ['--', address.host]);
        } catch (error) {
          assert.ok(isEngineError(error), String(error));
        }
      }),
    );
  });

  it('with a socket’s path quotes it for the shell of the host', () => {
    const address = parseAddress("ssh://build/it's;id").address as SshAddress;
    assert.equal(
      stdioArguments(address, '/c', []).at(-1),
      String.raw`docker --host 'unix:///it'\''s;id' system dial-stdio`,
    );
  });
});

import assert from 'node:assert/strict';
import { isUnencrypted, parseAddress, type SshAddress } from '../../../../src/engine/endpoints/address';
import { isEngineError } from '../../../../src/engine/errors';
import { sentenceOf } from '../../../support/sentence';

describe('An ssh address', () => {
  const good: [text: string, address: Omit<SshAddress, 'kind'>][] = [
    ['ssh://build', { host: 'build' }],
    ['ssh://build/', { host: 'build' }],
    ['ssh://ada@build.example.org:2222', { user: 'ada', host: 'build.example.org', port: 2222 }],
    ['ssh://ada@[fe80::1%25eth0]:22', { user: 'ada', host: 'fe80::1%eth0', port: 22 }],
    ['ssh://build/run/user/1000/my%20docker.sock', { host: 'build', path: '/run/user/1000/my docker.sock' }],
    ['ssh://a%40b@my_alias', { user: 'a@b', host: 'my_alias' }],
  ];
  for (const [text, address] of good) {
    it(`is read: ${text}`, () =>
      assert.deepEqual(parseAddress(text), { address: { kind: 'ssh', ...address }, url: text }));
  }

  const bad = [
    ...['ssh://', 'ssh://ada@', 'ssh://@build', 'ssh://-oProxyCommand=touch', 'ssh://-l@build', 'ssh://build:0'],
    ...[
      'ssh://build:70000',
      'ssh://build:x',
      'ssh://build?x=1',
      'ssh://build#x',
      'ssh://a b',
      'ssh://a;b',
      'ssh://$(id)@x',
    ],
    ...['ssh://%2doption', 'ssh://%24(id)@x', 'ssh://x%0a@y', 'ssh://x/a%00b'],
  ];
  for (const text of bad) {
    it(`is refused: ${text}`, () => assert.throws(() => parseAddress(text), isEngineError));
  }

  it('with a password is refused, without telling it', () => {
    assert.throws(
      () => parseAddress('ssh://ada:geheim@build'),
      (error: Error) => {
        assert.match(sentenceOf(error), /a password in it is not supported$/);
        return !`${sentenceOf(error)} ${error.message}`.includes('geheim');
      },
    );
  });
});

describe('Plain TCP', () => {
  const addresses: [text: string, isUnencrypted: boolean][] = [
    ['tcp://10.0.0.1:2375', true],
    ['tcp://build.local:2375', true],
    ['tcp://[fe80::1]:2375', true],
    ['tcp://127.example.org:2375', true],
    ['tcp://localhost.example.org', true],
    ['tcp://localhost:2375', false],
    ['tcp://127.0.0.1:2375', false],
    ['tcp://127.1.2.3', false],
    ['tcp://[::1]:2375', false],
    ['https://build.local', false],
    ['ssh://build.local', false],
    ['unix:///var/run/docker.sock', false],
  ];
  for (const [text, expected] of addresses) {
    it(`${expected ? 'leaves' : 'does not leave'} ${text} unprotected`, () =>
      assert.equal(isUnencrypted(parseAddress(text).address), expected));
  }
});

import assert from 'node:assert/strict';
import { looksSecret, withoutSecrets } from '../../../src/base/secrets';

describe('Text without secrets', () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ['tcp://ada:s3cret@build:2375', 'tcp://***@build:2375'],
    ['“https://token@build” is not an address', '“https://***@build” is not an address'],
    ['http://ada:s3/c@ret@build:2375/x', 'http://***@build:2375/x'],
    ['ada:s3cret@build:2375', '***@build:2375'],
    ['HTTP_PROXY=ada:s3cret@proxy', 'HTTP_PROXY=***@proxy'],
    ['ssh://ada@build:22', 'ssh://ada@build:22'],
    ['ssh://ada:s3cret@build', 'ssh://ada:***@build'],
    ['ssh://ada:s3/c@ret@build', 'ssh://ada:***@build'],
    ['tcp://one:x@a tcp://two:y@b', 'tcp://***@a tcp://***@b'],
    ['tcp://build:2375?token=s3cret&x=y', 'tcp://build:2375?***'],
    ['unix:///run/a@b.sock', 'unix:///run/a@b.sock'],
    ['busybox:latest@sha256:0123', 'busybox:latest@sha256:0123'],
    ['tcp://127.0.0.1:2375', 'tcp://127.0.0.1:2375'],
    ['ada@example.org, at 12:30', 'ada@example.org, at 12:30'],
  ];
  for (const [text, shown] of cases) {
    it(`shows ${text} as ${shown}`, () => assert.equal(withoutSecrets(text), shown));
  }

  it('takes no longer for long text', () => {
    for (const text of ['a:'.repeat(50_000), `tcp://${'a'.repeat(100_000)}`, 'x://'.repeat(25_000)]) {
      const start = performance.now();
      withoutSecrets(text);
      assert(performance.now() - start < 1_000);
    }
  });
});

describe('A variable', () => {
  const secrets: readonly (readonly [name: string, value: string])[] = [
    ['DB_PASSWORD', 'x'],
    ['MYSQL_ROOT_PASSWORD', 'x'],
    ['dbPassword', 'x'],
    ['PGPASSWORD', 'x'],
    ['API_KEY', 'x'],
    ['AWS_SECRET_ACCESS_KEY', 'x'],
    ['GITHUB_TOKEN', 'x'],
    ['CLIENT_SECRET', 'x'],
    ['ANYTHING', 'ghp_0123456789abcdefghij0123456789'],
    ['ANYTHING', '-----BEGIN RSA PRIVATE KEY-----\nx'],
    ['ANYTHING', 'eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2ln'],
    ['DATABASE_URL', 'postgres://ada:word@db/shop'],
    ['HOOK', 'https://example.org/x?token=abc'],
  ];
  for (const [name, value] of secrets) {
    it(`${name}=${value.slice(0, 20)} looks secret`, () => assert.equal(looksSecret(name, value), true));
  }

  const others: readonly (readonly [name: string, value: string])[] = [
    ['PATH', '/usr/bin:/bin'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['KEYBOARD', 'us'],
    ['MONKEY', 'x'],
    ['AUTHOR', 'Ada'],
    ['AUTH_ENABLED', 'true'],
    ['TOKEN_TTL', '3600'],
    ['URL', 'https://example.org/x?page=2'],
    ['COMPASS', 'north'],
    ['GPG_KEY', 'E3FF2839C048B25C084DEBE9B26995E310250568'],
    ['LANG', 'C.UTF-8'],
  ];
  for (const [name, value] of others) {
    it(`${name}=${value} does not`, () => assert.equal(looksSecret(name, value), false));
  }

  it('is judged in a time that does not grow with its value', () => {
    for (const value of ['a:'.repeat(500_000), '?key='.repeat(200_000), 'eyJ'.repeat(300_000)]) {
      const start = performance.now();
      looksSecret('x'.repeat(500_000), value);
      assert(performance.now() - start < 500);
    }
  });
});

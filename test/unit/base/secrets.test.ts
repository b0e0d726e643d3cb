import assert from 'node:assert/strict';
import { looksSecret, maskedText, maskedValue, maskedWords, withoutSecrets } from '../../../src/base/secrets';

/** What takes patterns long that look at a part of a text again and again. */
const long = [
  ...['a:', 'a=', 'x://', 'x://a?', 'ssh://a:', 'eyJ', 'eyJ-', '?key=', 'password=', 'password="', '--token '],
  '-----BEGIN PRIVATE KEY-----',
]
  .map(part => part.repeat(250_000 / part.length))
  .concat(`tcp://${'a'.repeat(250_000)}`, `password=${')'.repeat(250_000)}`);

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

  it('takes a time that grows only in proportion to the text', () => {
    for (const text of long) {
      const start = performance.now();
      withoutSecrets(text);
      assert(performance.now() - start < 2_000);
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
    ['Authorization', 'Bearer x'],
    ['splunk-token', 'x'],
    ['--requirepass', 'x'],
    ['-u', 'ada:x'],
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
    ['awslogs-credentials-endpoint', '/creds'],
    ['--password-file', '/run/secrets/db'],
    ['-u', '1000:1000'],
    ['--user', 'ada'],
    ['GPG_KEY', 'E3FF2839C048B25C084DEBE9B26995E310250568'],
    ['LANG', 'C.UTF-8'],
  ];
  for (const [name, value] of others) {
    it(`${name}=${value} does not`, () => assert.equal(looksSecret(name, value), false));
  }
});

describe('What may be shown', () => {
  const texts: readonly (readonly [text: string, shown: string])[] = [
    ['mysqladmin ping --password=t0p -h db', 'mysqladmin ping --password=*** -h db'],
    ['redis-server --requirepass "t 0p" --port 1', 'redis-server --requirepass *** --port 1'],
    ["sh -c 'run --token=t0p' on", "sh -c 'run --token=***' on"],
    ['run --token=a,b', 'run --token=***'],
    ['curl -u ada:t0p http://web', 'curl -u *** http://web'],
    ['curl -H "Authorization: Bearer t0p" http://web', 'curl -H "Authorization: ***" http://web'],
    ['curl https://web/x?page=2&access_token=t0p', 'curl https://web/x?***'],
    ['podman run --env=DB_PASSWORD=t0p web', 'podman run --env=DB_PASSWORD=*** web'],
    ['{"user": "ada", "apiKey": "t0\\"p"}', '{"user": "ada", "apiKey": ***}'],
    ['postgres://ada:t0p@db/shop', 'postgres://***@db/shop'],
    ['for ghp_0123456789abcdefghij0123456789, too', 'for ***, too'],
    ['eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2ln', '***'],
    ['-----BEGIN RSA PRIVATE KEY-----\nt0p', '***'],
    ['a\n-----BEGIN PRIVATE KEY-----\nt0p\n-----END PRIVATE KEY-----\nb', 'a\n***\nb'],
  ];
  for (const [text, shown] of texts) {
    it(`of the text ${text} is ${shown}`, () => assert.equal(maskedText(text), shown));
  }

  const harmless = [
    'registry:5000/acme/auth:1.0',
    'busybox@sha256:0123',
    'docker run --user 1000:1000 --no-auth --port 80',
    'run --token-ttl 60 --password-file /run/secrets/db',
    'https://web/x?page=2',
    'exec: "run": executable file not found in $PATH',
  ];
  for (const text of harmless) {
    it(`of the text ${text} is all`, () => assert.equal(maskedText(text), text));
  }

  it('of a value is nothing when its name is a secret’s, and of a mount’s options what is no secret', () => {
    const values = [
      ['splunk-token', 't0p', '***'],
      ['gelf-address', 'udp://ada:t0p@logs:12201', 'udp://***@logs:12201'],
      ['o', 'addr=10.0.0.1,username=ada,password=t 0p,vers=3', 'addr=10.0.0.1,username=ada,password=***,vers=3'],
      ['device', '//nas/share', '//nas/share'],
    ] as const;
    for (const [name, value, shown] of values) assert.equal(maskedValue(name, value), shown);
  });

  it('of a command is every word except the one after a secret’s name', () => {
    const words = ['run', '--password', 't 0p', '--token=t 0p', '-e', 'API_KEY=t, 0p', '--token', '--port', '80'];
    const shown = ['run', '--password', '***', '--token=***', '-e', 'API_KEY=***', '--token', '--port', '80'];
    assert.deepEqual(maskedWords(words), shown);
  });

  it('is found in a time that grows only in proportion to the text', () => {
    for (const text of long) {
      const start = performance.now();
      looksSecret(text, text);
      maskedText(text);
      assert(performance.now() - start < 2_000, text.slice(0, 20));
    }
  });
});

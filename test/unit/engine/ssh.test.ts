import fc from 'fast-check';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isUnprotected, parseAddress, type SshAddress } from '../../../src/engine/endpoints/address';
import { isEngineError } from '../../../src/engine/errors';
import { serveAskpass } from '../../../src/engine/transport/ssh/askpassServer';
import { loginArguments, stdioArguments } from '../../../src/engine/transport/ssh/command';
import { readConfiguration } from '../../../src/engine/transport/ssh/configuration';
import { Answers, SshMemory } from '../../../src/engine/transport/ssh/memory';
import { type Question, readQuestion } from '../../../src/engine/transport/ssh/questions';
import { engineFailure, loginFailure } from '../../../src/engine/transport/ssh/sentences';
import { temporaryFolder } from '../../support/temporaryFolder';

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
        assert.match(error.message, /a password in it is not supported$/);
        return !error.message.includes('geheim');
      },
    );
  });

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

describe('Plain TCP', () => {
  const addresses: [text: string, isUnprotected: boolean][] = [
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
      assert.equal(isUnprotected(parseAddress(text).address), expected));
  }
});

describe('What ssh asks', () => {
  const unknownHost =
    "The authenticity of host '[127.0.0.1]:2222 ([127.0.0.1]:2222)' can't be established.\nED25519 key fingerprint is SHA256:abc/+1.\nThis key is not known by any other names.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? ";
  const prompts: [prompt: string, hint: string, expected: Partial<Question>][] = [
    [
      unknownHost,
      '',
      {
        kind: 'hostKey',
        subject: '[127.0.0.1]:2222',
        fingerprint: 'SHA256:abc/+1',
        keyType: 'ED25519',
      },
    ],
    [
      unknownHost.replace('[127.0.0.1]:2222 (', 'build.local ('),
      '',
      { kind: 'hostKey', subject: 'build.local ([127.0.0.1]:2222)' },
    ],
    ["Please type 'yes', 'no' or the fingerprint: ", '', { kind: 'hostKey', fingerprint: '' }],
    [
      "Enter passphrase for key '/home/ada/.ssh/id_ed25519': ",
      '',
      { kind: 'passphrase', subject: '/home/ada/.ssh/id_ed25519' },
    ],
    ["ada@build's password: ", '', { kind: 'password', subject: 'ada@build' }],
    ['(ada@build) Verification code: ', '', { kind: 'secret', subject: '' }],
    ['Confirm user presence for key ED25519-SK', 'none', { kind: 'notice' }],
    ['', '', { kind: 'secret', text: '' }],
  ];
  for (const [prompt, hint, expected] of prompts) {
    it(`is read: ${prompt.slice(0, 50)}`, () => {
      const question = readQuestion(prompt, hint);
      assert.equal(question.text, prompt.trim());
      for (const [key, value] of Object.entries(expected))
        assert.equal(question[key as keyof typeof question], value, key);
    });
  }

  const answered = (answers: Answers, prompt: string, asker = 1): Promise<string | undefined> =>
    answers.answer({ prompt, hint: '', asker }, new AbortController().signal);

  const isOwn = (login: string): boolean => login === 'a@b';

  it('is a secret, which is not kept, where it is the password of another login than the one under way', async () => {
    const kinds: string[] = [];
    const prompt = ({ kind }: Question): Promise<string> => Promise.resolve(`answer ${kinds.push(kind)}`);
    const memory = new SshMemory({ prompter: { prompt } });
    const password = "victim@other's password:";
    assert.equal(await answered(new Answers(memory, login => login === 'victim@other'), password), 'answer 1');
    assert.equal(await answered(new Answers(memory, isOwn), password), 'answer 2');
    assert.equal(await answered(new Answers(memory, isOwn), password), 'answer 3');
    assert.equal(await answered(new Answers(memory, login => login === 'victim@other'), password), 'answer 1');
    assert.deepEqual(kinds, ['password', 'secret', 'secret']);
  });

  it('is asked once where it may be kept, and anew when the answer was wrong', async () => {
    const given: [text: string, again: boolean][] = [];
    const memory = new SshMemory({
      prompter: {
        prompt: ({ text, again }) => {
          given.push([text, again]);
          return Promise.resolve(`answer ${given.length}`);
        },
      },
    });
    const password = "a@b's password:";
    const first = new Answers(memory, isOwn);
    assert.equal(await answered(first, password), 'answer 1');
    assert.equal(await answered(first, password), 'answer 2');
    assert.equal(await answered(first, 'Code:'), 'answer 3');
    const second = new Answers(memory, isOwn);
    assert.equal(await answered(second, password), 'answer 2');
    assert.equal(await answered(second, 'Code:'), 'answer 4');
    assert.deepEqual(given, [
      [password, false],
      [password, true],
      ['Code:', false],
      ['Code:', false],
    ]);
  });

  it('is answered alike to the ssh of each host on the way, and wrong only where the same one asks again', async () => {
    const asked: boolean[] = [];
    const prompt = ({ again }: Question): Promise<string> => Promise.resolve(`answer ${asked.push(again)}`);
    const answers = new Answers(new SshMemory({ prompter: { prompt } }), isOwn);
    const passphrase = "Enter passphrase for key '/home/ada/.ssh/id_ed25519':";
    assert.equal(await answered(answers, passphrase, 1), 'answer 1');
    assert.equal(await answered(answers, passphrase, 2), 'answer 1');
    assert.equal(await answered(answers, passphrase, 2), 'answer 2');
    assert.deepEqual(asked, [false, true]);
  });

  it('reaches the one who answers through a program of its own, in any characters', async () => {
    const folder = temporaryFolder('ask');
    const asked: string[] = [];
    const server = await serveAskpass(folder.path, ({ prompt, hint, asker }) => {
      asked.push(`${hint}|${prompt}|${asker === process.pid}`);
      return Promise.resolve(prompt.startsWith('No') ? undefined : `“${prompt}” $(id)`);
    });
    try {
      const env = { ...process.env, ...server.env };
      const ask = (prompt: string): Promise<{ stdout: string }> =>
        promisify(execFile)(server.env['SSH_ASKPASS'] ?? '', [prompt], { env });
      const prompt = 'Zwei\nZeilen, `id`: ';
      assert.equal((await ask(prompt)).stdout, `“${prompt}” $(id)\n`);
      await assert.rejects(ask('No answer'), { code: 1, stdout: '' });
      assert.deepEqual(asked, [`|${prompt}|true`, '|No answer|true']);
      assert.ok((server.env['SSH_ASKPASS'] ?? '').startsWith(join(folder.path, '')));
    } finally {
      server.dispose();
      folder.remove();
    }
  });
});

describe('Why ssh fails, in a sentence', () => {
  const wayClosed =
    '\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535';
  const logins: [stderr: string, kind: string, sentence: RegExp][] = [
    [
      '@@@\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.',
      'unauthorized',
      /another than before/,
    ],
    ['Host key verification failed.\r\n', 'unauthorized', /host key of build is not known/],
    [
      'ada@build: Permission denied (publickey,password).',
      'unauthorized',
      /none of the keys and passwords offered \(publickey,password\)/,
    ],
    [
      "@ WARNING: UNPROTECTED PRIVATE KEY FILE! @\nPermissions 0644 for '/k' are too open.\nada@build: Permission denied (publickey).",
      'unauthorized',
      /does not use the key \/k, since others may read it/,
    ],
    ['Received disconnect from 1.2.3.4 port 22:2: Too many authentication failures', 'unauthorized', /too many keys/],
    ['ssh: Could not resolve hostname nope: Name or service not known', 'unreachable', /no host “nope”/],
    [
      'ssh: connect to host 1.2.3.4 port 22: Connection refused',
      'unreachable',
      /1\.2\.3\.4 port 22: connection refused$/,
    ],
    ['ssh: connect to host b port 22: No route to host', 'unreachable', /no route to host$/],
    ['Connection timed out during banner exchange', 'unreachable', /build does not answer/],
    ['Timeout, server build not responding.', 'unreachable', /build does not answer/],
    ['kex_exchange_identification: Connection closed by remote host', 'unreachable', /hung up before the ssh login/],
    [
      'Unable to negotiate with 1.2.3.4 port 22: no matching host key type found. Their offer: ssh-rsa',
      'unreachable',
      /no matching host key type found/,
    ],
    [
      `Host key verification failed.${wayClosed}`,
      'unauthorized',
      /host key of a host on the way to build is not known/,
    ],
    [
      `Host key for [jump]:2222 has changed and you have requested strict checking.${wayClosed}`,
      'unauthorized',
      /host key of \[jump\]:2222 on the way to build is another than before/,
    ],
    [
      `ada@jump: Permission denied (publickey).${wayClosed}`,
      'unauthorized',
      /^ada@jump on the way to build accepts none of the keys and passwords offered \(publickey\)$/,
    ],
    [
      `Received disconnect from 1.2.3.4 port 22:2: Too many authentication failures${wayClosed}`,
      'unauthorized',
      /^1\.2\.3\.4 on the way to build was offered too many keys/,
    ],
    [
      'Received disconnect from UNKNOWN port 65535:2: Too many authentication failures',
      'unauthorized',
      /^build was offered too many keys/,
    ],
    [
      `channel 0: open failed: connect failed: Connection refused\r\nstdio forwarding failed${wayClosed}`,
      'unreachable',
      /^No ssh connection to build from the host on the way to it: connection refused$/,
    ],
    [wayClosed, 'unreachable', /^build hung up before/],
    ['/c: line 3: Bad configuration option: nonsense', 'invalid', /does not know: nonsense$/],
    ['sh: 4: ssh: not found', 'invalid', /ssh command is not installed/],
    ['banner\nsomething else', 'unreachable', /ssh to build failed: something else$/],
    ['', 'unreachable', /^The ssh connection to build ended$/],
  ];
  for (const [stderr, kind, sentence] of logins) {
    it(stderr.trim().replace(/\s+/g, ' '), () => {
      const error = loginFailure(stderr, 'build');
      assert.match(error.message, sentence);
      assert.equal(error.kind, kind);
    });
  }

  const engines: [forward: string, stdio: string, kind: string, sentence: RegExp][] = [
    [
      'channel 2: open failed: connect failed: open failed',
      'sh: docker: not found',
      'unreachable',
      /^No engine listens at \/s on build/,
    ],
    [
      'channel 2: open failed: administratively prohibited: open failed',
      'sh: 1: docker: not found',
      'unsupported',
      /does not forward sockets by ssh, and has no docker/,
    ],
    ['', 'dial unix /s: connect: permission denied', 'unauthorized', /may not use the engine’s socket \/s/],
    ['', 'Cannot connect to the Docker daemon at unix:///s', 'unreachable', /^No engine listens/],
    ['', 'odd', 'unreachable', /^No engine answers on build: odd$/],
  ];
  for (const [forward, stdio, kind, sentence] of engines) {
    it(`${forward} ${stdio}`.trim(), () => {
      const error = engineFailure(forward, stdio, '/s', 'build');
      assert.match(error.message, sentence);
      assert.equal(error.kind, kind);
    });
  }
});

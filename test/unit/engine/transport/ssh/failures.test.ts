import assert from 'node:assert/strict';
import { engineFailure, loginFailure } from '../../../../../src/engine/transport/ssh/failures';
import { sentenceOf } from '../../../../support/sentence';

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
      assert.match(sentenceOf(error), sentence);
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
      assert.match(sentenceOf(error), sentence);
      assert.equal(error.kind, kind);
    });
  }
});

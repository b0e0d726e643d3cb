import assert from 'node:assert/strict';
import { DeadlineError } from '../../../../src/base/abort';
import { NotAFileError } from '../../../../src/base/wholeFile';
import type { AddressProblem, ErrorCode, ErrorFacts, FileProblem, Reason } from '../../../../src/engine/errorCodes';
import { EngineError } from '../../../../src/engine/errors';
import { sentenceOf } from '../../../support/sentence';

/** A code's facts, and the sentence that they make. */
type Sample<F> = readonly [facts: F, sentence: string];

const build = { name: 'build' };
const jump = { name: 'jump', onTheWayTo: 'build' };
const podman = { flavour: 'podman', version: '3.0.1' } as const;
const docker = { flavour: 'docker', version: '' } as const;

const samples: { [C in ErrorCode]: readonly Sample<ErrorFacts[C]>[] } = {
  canceled: [[{}, 'Canceled']],
  connectionClosed: [[{}, 'The connection was closed']],
  connectionBroke: [[{ errno: 'EPIPE' }, 'the connection broke: EPIPE']],
  connectFailed: [
    [{ errno: 'ENOENT', where: '/s' }, 'there is no /s: ENOENT'],
    [{ errno: 'ECONNREFUSED', where: '/s' }, 'nothing listens at /s: ECONNREFUSED'],
    [{ errno: 'EACCES', where: '/s' }, 'no right to use /s: EACCES'],
    [{ errno: 'EPERM', where: '/s' }, 'no right to use /s: EPERM'],
    [{ errno: 'ENOTFOUND', where: 'b' }, 'there is no host named b: ENOTFOUND'],
    [{ errno: 'EAI_AGAIN', where: 'b' }, 'the host name b could not be looked up: EAI_AGAIN'],
    [{ errno: 'ETIMEDOUT', where: 'b' }, 'no answer from b: ETIMEDOUT'],
    [{ errno: 'EHOSTUNREACH', where: 'b' }, 'no way through the network to b: EHOSTUNREACH'],
    [{ errno: 'ENETUNREACH', where: 'b' }, 'no way through the network to b: ENETUNREACH'],
  ],
  requestFailed: [[{}, 'The request failed']],
  deadline: [[{ ms: 4_500 }, 'no answer within 4.5 s']],
  statusAnswered: [[{ method: 'GET', path: '/info', status: 500 }, 'The engine answered GET /info with status 500']],
  answerNotJson: [[{ path: '/info' }, 'The engine’s answer to /info is not JSON']],
  answerTooLarge: [[{ path: '/info' }, 'The engine’s answer to /info is too large']],
  streamWithoutFrames: [[{}, 'The engine’s stream has no frames']],
  streamBroke: [[{}, 'The engine’s stream broke']],

  noEngineYet: [[{}, 'No engine is connected yet']],
  anotherEngineChosen: [[{}, 'another engine was chosen meanwhile']],
  anotherEngineConnected: [[{}, 'Another engine was connected meanwhile']],
  anotherVersionAnswers: [[{}, 'Another version of the engine answers']],
  apiVersionUnknown: [[{}, 'What answers does not say which version of the Engine API it speaks']],
  engineTooOld: [
    [
      { ...podman, speaksUpTo: '1.40', needed: '1.41' },
      'Podman 3.0.1 is too old: it speaks the Engine API up to 1.40, and 1.41 is needed',
    ],
  ],
  engineTooNew: [
    [
      { ...docker, speaksFrom: '1.60', known: '1.52' },
      'Docker Engine is too new: it speaks the Engine API from 1.60 on, and 1.52 is known',
    ],
  ],
  eventStreamClosed: [[{}, 'The engine closed its event stream']],
  machineSlept: [[{}, 'The machine slept']],
  noLongerFollowed: [[{}, 'No longer followed']],
  onlyNewConnectionsAnswered: [[{}, 'Only new connections are answered']],

  containerNotRunning: [[{}, 'The container is not running']],
  exitCodeMissing: [[{}, 'The engine told no exit code']],
  execIdMissing: [[{}, 'The engine gave the process no id']],
  killCommandMissing: [[{}, 'The container has no kill command']],
  processGone: [[{}, 'There is no such process any more']],
  processIdUnknown: [[{}, 'Its id within the container cannot be known']],
  shellRunsNothing: [[{}, 'The container’s shell does not run what it is given']],

  addressInvalid: (
    [
      ['socketPath', 'a socket needs an absolute path, e.g. unix:///var/run/docker.sock'],
      ['pipeName', 'a pipe needs a name, e.g. npipe:////./pipe/docker_engine'],
      ['tcpForm', 'a TCP endpoint is written tcp://host:port'],
      ['sshForm', 'an ssh endpoint is written ssh://user@host:port'],
      ['sshPassword', 'a password in it is not supported'],
      ['sshSocketPath', 'the path of a socket is plain text'],
    ] satisfies [AddressProblem, string][]
  ).map(([problem, hint]) => [{ text: 'x', problem }, `“x” is not an engine's address: ${hint}`]),
  schemeUnsupported: [[{ text: 'fd://3', scheme: 'fd' }, '“fd://3”: endpoints of kind fd:// are not supported']],
  contextNotFound: [[{ name: 'gone' }, 'There is no docker context “gone”']],
  contextUnusable: (
    [
      [{ kind: 'notAFile' }, 'is not a file'],
      [{ kind: 'tooLarge' }, 'is too large'],
      [{ kind: 'notJson' }, 'is not JSON'],
      [{ kind: 'misplaced' }, 'lies in a folder that is not its own'],
      [{ kind: 'withoutDockerEndpoint' }, 'has no docker endpoint'],
      [{ kind: 'unreadable', said: 'EIO: i/o error' }, 'cannot be read: EIO: i/o error'],
      [{ kind: 'unreadable', said: '' }, 'cannot be read: unknown error'],
      [
        { kind: 'unusable', reason: { code: 'schemeUnsupported', text: 'fd://3', scheme: 'fd' } },
        'cannot be used: “fd://3”: endpoints of kind fd:// are not supported',
      ],
    ] satisfies [FileProblem, string][]
  ).flatMap(([problem, words]): Sample<ErrorFacts['contextUnusable']>[] => [
    [{ name: 'farm', problem }, `The docker context “farm” ${words}`],
    [{ name: '', problem }, `The docker context ${words}`],
  ]),
  configurationUnusable: [[{ file: '/c.json', problem: { kind: 'notJson' } }, '/c.json is not JSON']],
  engineNameReserved: [
    [{ name: 'default' }, '“default” is what docker calls its own choice: the engine needs another name'],
  ],

  hostSilent: [[{ where: 'b:2376', ms: 4_000 }, 'b:2376 does not answer within 4 s']],
  keyHasPassphrase: [[{ key: '/k' }, 'The key /k is protected by a passphrase, which engines’ clients cannot use']],
  certificateWithoutKey: [[{ cert: '/c' }, 'The client certificate /c has no key beside it']],
  certificateFileUnusable: [
    [{ file: '/c', problem: { kind: 'absent' } }, 'The certificate file /c cannot be read: it does not exist'],
    [{ file: '/c', problem: { kind: 'tooLarge' } }, 'The certificate file /c is too large'],
  ],
  certificatesUnusable: [
    [{ files: ['/a', '/c'], said: 'bad base64' }, 'The certificates /a, /c cannot be used: bad base64'],
    [{ files: ['/a'], said: '' }, 'The certificates /a cannot be used: unknown error'],
  ],
  certificateExpired: [[{ where: 'b' }, 'The certificate of b has expired']],
  certificateNotYetValid: [[{ where: 'b' }, 'The certificate of b is not valid yet; is this computer’s clock right?']],
  certificateOfOtherHost: [
    [{ where: 'b', names: 'DNS:c' }, 'The certificate of b is for another host: DNS:c'],
    [{ where: 'b', names: '' }, 'The certificate of b is for another host: it names none'],
  ],
  certificateUntrusted: [
    [{ where: 'b', ca: '/a' }, 'The certificate of b is not signed by the authority in /a'],
    [{ where: 'b' }, 'The certificate of b is not signed by an authority that this system knows'],
  ],
  clientCertificateRefused: [
    [{ where: 'b', cert: '/c', expired: true }, 'b refuses the client certificate /c: it has expired'],
    [{ where: 'b', cert: '/c', expired: false }, 'b refuses the client certificate /c'],
  ],
  clientCertificateWanted: [[{ where: 'b' }, 'b wants a client certificate, and none is given']],
  tlsNotSpoken: [[{ where: 'b' }, 'b does not speak TLS']],
  tlsTooOld: [[{ where: 'b' }, 'b does not speak TLS 1.2 or newer']],
  tlsFailed: [[{ where: 'b', said: 'bad record mac' }, 'The TLS handshake with b failed: bad record mac']],

  hostKeyChanged: [
    [
      { where: build },
      'The host key of build is another than before: somebody may be listening in, or the host was set up anew (see ssh’s known_hosts)',
    ],
  ],
  hostKeyUnknown: [
    [{ where: build }, 'The host key of build is not known, and was not accepted'],
    [{ where: jump }, 'The host key of jump on the way to build is not known, and was not accepted'],
    [{ where: { ...jump, name: '' } }, 'The host key of a host on the way to build is not known, and was not accepted'],
  ],
  sshConnectFailed: [
    [{ host: 'b', port: '22', said: 'No route to host' }, 'No ssh connection to b port 22: no route to host'],
  ],
  sshConnectFailedOnTheWay: [
    [{ where: build, said: 'Refused' }, 'No ssh connection to build from the host on the way to it: refused'],
  ],
  sshHostUnresolved: [[{ host: 'b' }, 'There is no host “b” (ssh could not resolve its name)']],
  sshSilent: [[{ where: build }, 'build does not answer (ssh gave up waiting)']],
  sshKeyReadableByOthers: [[{ key: '/k' }, 'ssh does not use the key /k, since others may read it']],
  sshRefused: [
    [{ where: build, methods: 'publickey' }, 'build accepts none of the keys and passwords offered (publickey)'],
  ],
  sshTooManyKeys: [[{ where: build }, 'build was offered too many keys and hung up']],
  sshDisagrees: [[{ where: build, said: 'no matching cipher' }, 'build and ssh do not agree: no matching cipher']],
  sshHungUp: [[{ where: build }, 'build hung up before the ssh login was done']],
  sshOptionUnknown: [[{ option: 'x' }, 'ssh’s configuration has an option it does not know: x']],
  sshMissing: [[{}, 'The ssh command is not installed on this machine']],
  sshFailed: [[{ where: 'build', said: 'odd' }, 'ssh to build failed: odd']],
  sshLoginEnded: [[{ where: 'build' }, 'The ssh connection to build ended']],
  sshLoginSlow: [[{ where: 'build', ms: 30_000 }, 'No ssh login to build within 30 s']],
  sshQuestionUnanswered: [[{ question: 'Code:' }, 'ssh’s question was not answered: Code:']],
  sshClosed: [[{}, 'The ssh connection was closed']],
  sshEnded: [[{}, 'The ssh connection ended']],
  sshSocketForbidden: [[{ where: 'build', socket: '/s' }, 'The login build may not use the engine’s socket /s there']],
  sshForwardsNothing: [
    [{ where: 'build' }, 'build does not forward sockets by ssh, and has no docker command to connect with'],
  ],
  sshEngineAbsent: [
    [{ where: 'build', socket: '/s' }, 'No engine listens at /s on build, or the login may not use that socket'],
  ],
  sshEngineSilent: [
    [{ where: 'build', said: 'odd' }, 'No engine answers on build: odd'],
    [{ where: 'build', said: '' }, 'No engine answers on build'],
  ],
};

describe('What an error says', () => {
  for (const [code, ofCode] of Object.entries(samples)) {
    for (const [facts, sentence] of ofCode) {
      it(`${code}: ${sentence}`, () => {
        const error = new EngineError('failed', { code, ...facts } as Reason);
        assert.equal(sentenceOf(error), sentence);
        assert.ok(error.message.startsWith(code), error.message);
      });
    }
  }

  it('is in somebody else’s words as they came', () => {
    assert.equal(sentenceOf(new EngineError('failed', { said: 'No such container: x' })), 'No such container: x');
    assert.equal(sentenceOf(new Error('EIO: i/o error')), 'EIO: i/o error');
    assert.equal(sentenceOf('odd'), 'odd');
  });

  it('is a sentence also where the error is not an engine’s', () => {
    assert.equal(sentenceOf(new DeadlineError(250)), 'no answer within 0.25 s');
    assert.equal(sentenceOf(new NotAFileError('/dev/null')), '/dev/null is no file');
  });

  it('is told to developers as a code with its facts', () => {
    const { message } = new EngineError('unauthorized', { code: 'hostKeyUnknown', where: { ...build } });
    assert.equal(message, 'hostKeyUnknown where={"name":"build"}');
    assert.equal(
      new EngineError('failed', { code: 'certificateUntrusted', where: 'b', ca: undefined }).message,
      'certificateUntrusted where="b"',
    );
  });
});

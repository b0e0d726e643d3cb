import fc from 'fast-check';
import assert from 'node:assert/strict';
import { DeadlineError } from '../../../src/base/abort';
import {
  answerError,
  EngineError,
  type EngineErrorKind,
  errorCode,
  isEngineError,
  ofWrite,
  toEngineError,
} from '../../../src/engine/errors';
import { sentenceOf } from '../../support/sentence';

const json = (message: string): string => JSON.stringify({ message });

describe('answerError', () => {
  const post = { method: 'POST', path: '/containers/x/start' };
  const create = { method: 'POST', path: '/containers/create' };
  const remove = (path: string): { method: string; path: string } => ({ method: 'DELETE', path });
  const cases: [
    name: string,
    status: number,
    body: string,
    request: typeof post,
    kind: EngineErrorKind,
    message: string,
  ][] = [
    ['a bad container name', 400, json('Invalid container name'), create, 'invalid', 'Invalid container name'],
    ['a command that is missing', 400, json('exec: "x": not found'), post, 'invalid', 'exec: "x": not found'],
    ['credentials refused', 401, json('authentication required'), post, 'unauthorized', 'authentication required'],
    ['an operation that is forbidden', 403, json('Pool overlaps'), post, 'invalid', 'Pool overlaps'],
    ['a container that is gone', 404, json('No such container: x'), post, 'notFound', 'No such container: x'],
    ['a route that the engine has not', 404, json('page not found'), post, 'unsupported', 'page not found'],
    ['Podman’s plain text', 404, 'Not Found', post, 'unsupported', 'Not Found'],
    ['a name that is taken', 409, json('Conflict. The name'), create, 'conflict', 'Conflict. The name'],
    ['a running container to remove', 409, json('running'), remove('/containers/x'), 'conflict', 'running'],
    ['an image in use', 409, json('is using'), remove('/images/x'), 'inUse', 'is using'],
    ['a volume in use', 409, json('volume is in use'), remove('/volumes/x'), 'inUse', 'volume is in use'],
    [
      'a network of the engine’s',
      403,
      json('bridge is a pre-defined network'),
      remove('/networks/b'),
      'conflict',
      'bridge is a pre-defined network',
    ],
    ['a network in use', 403, json('has active endpoints'), remove('/networks/x'), 'inUse', 'has active endpoints'],
    ['something that the engine tried', 500, json('port is allocated'), post, 'failed', 'port is allocated'],
    ['Podman’s own form', 500, '{"cause":"c","message":"m: c","response":500}', post, 'failed', 'm: c'],
    ['something not built', 501, json('does not support reading'), post, 'unsupported', 'does not support reading'],
    ['an engine outside a swarm', 503, json('not a swarm manager'), post, 'failed', 'not a swarm manager'],
    [
      'an error of swarm’s own transport',
      500,
      json('rpc error: code = Unknown desc = update out of sequence'),
      post,
      'failed',
      'update out of sequence',
    ],
    [
      'a page of a proxy before the engine',
      403,
      '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>',
      post,
      'invalid',
      'The engine answered POST /containers/x/start with status 403',
    ],
    ['no body', 500, '', post, 'failed', 'The engine answered POST /containers/x/start with status 500'],
    [
      'an empty message',
      500,
      json(' '),
      post,
      'failed',
      'The engine answered POST /containers/x/start with status 500',
    ],
    ['a body of another shape', 500, '{"error":1}', post, 'failed', '{"error":1}'],
  ];
  for (const [name, status, body, request, kind, message] of cases) {
    it(`tells ${name} as ${kind}`, () => {
      const error = answerError(status, body, request);
      assert.deepEqual(
        { kind: error.kind, message: sentenceOf(error), status: error.status },
        { kind, message, status },
      );
    });
  }

  it('makes an error with a message of any answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        assert.notEqual(sentenceOf(answerError(status, body, post)), '');
      }),
    );
  });
});

describe('toEngineError', () => {
  const systemError = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

  const cases: [code: string, kind: EngineErrorKind][] = [
    ['ENOENT', 'unreachable'],
    ['ECONNREFUSED', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['EACCES', 'unauthorized'],
    ['EPERM', 'unauthorized'],
  ];
  for (const [code, kind] of cases) {
    it(`takes ${code} for ${kind} and keeps it as the cause`, () => {
      const error = toEngineError(systemError(code));
      assert.equal(error.kind, kind);
      assert.equal(errorCode(error), code);
    });
  }

  it('says what could not be connected to, also of a host with several addresses', () => {
    const failed = (fields: object): Error => Object.assign(new Error('connect'), { syscall: 'connect' }, fields);
    const refused = failed({ code: 'ECONNREFUSED', address: '::1', port: 2375 });
    const unknown = failed({ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'build.example' });
    const both = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' });
    const said: [error: Error, message: string][] = [
      [failed({ code: 'ENOENT', address: '/run/docker.sock' }), 'there is no /run/docker.sock: ENOENT'],
      [refused, 'nothing listens at [::1]:2375: ECONNREFUSED'],
      [both, 'nothing listens at [::1]:2375: ECONNREFUSED'],
      [unknown, 'there is no host named build.example: ENOTFOUND'],
      [Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'the connection broke: ECONNRESET'],
      [failed({ code: 'EMFILE', address: '/run/docker.sock' }), 'connect'],
    ];
    for (const [error, message] of said) assert.equal(sentenceOf(toEngineError(error)), message);
    assert.equal(ofWrite(toEngineError(both), true).answerLost, false);
    assert.equal(ofWrite(toEngineError(new Error('socket hang up')), true).answerLost, true);
  });

  it('takes a gateway’s failure at a write for a lost answer, and the engine’s own for its answer', () => {
    const post = { method: 'POST', path: '/containers/x/stop' };
    const lost = (status: number): boolean => ofWrite(answerError(status, '', post), true).answerLost;
    assert.deepEqual([502, 504, 500, 503, 409].map(lost), [true, true, false, false, false]);
  });

  it('leaves an EngineError as it is', () => {
    const error = new EngineError('conflict', { said: 'x' });
    assert.equal(toEngineError(error, AbortSignal.abort()), error);
  });

  it('takes whatever fails after an abort for a cancel', () => {
    assert.equal(toEngineError(systemError('ECONNRESET'), AbortSignal.abort()).kind, 'canceled');
  });

  it('takes a deadline for an engine that cannot be reached, and says how long it was waited for', () => {
    const deadline = new DeadlineError(4_500);
    for (const error of [toEngineError(deadline), toEngineError(systemError('X'), AbortSignal.abort(deadline))]) {
      assert.equal(error.kind, 'unreachable');
      assert.equal(sentenceOf(error), 'no answer within 4.5 s');
    }
  });

  it('gives the reason of an abort when that is an EngineError', () => {
    const reason = new EngineError('unreachable', { said: 'lost' });
    assert.equal(toEngineError(systemError('ECONNRESET'), AbortSignal.abort(reason)), reason);
  });

  it('makes an EngineError of anything', () => {
    fc.assert(fc.property(fc.anything(), thrown => assert.ok(toEngineError(thrown) instanceof EngineError)));
  });
});

describe('isEngineError', () => {
  it('asks for a kind, for several or for any', () => {
    const error = new EngineError('conflict', { said: 'x' });
    assert.ok(isEngineError(error));
    assert.ok(isEngineError(error, 'conflict'));
    assert.ok(isEngineError(error, 'inUse', 'conflict'));
    assert.ok(!isEngineError(error, 'notFound'));
    assert.ok(!isEngineError(new Error('x')));
  });
});

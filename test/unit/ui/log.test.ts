import assert from 'node:assert/strict';
import type * as LogModule from '../../../src/ui/log';
import { loadAnew } from './vscodeStub';

describe('The log', () => {
  let lines: string[];
  let module: typeof LogModule;

  before(() => {
    const write =
      (level: string) =>
      (text: string): number =>
        lines.push(`${level}: ${text}`);
    const channel = { trace: write('trace'), debug: write('debug'), info: write('info'), error: write('error') };
    const vscode = { window: { createOutputChannel: () => channel } };
    module = loadAnew([], 'log', vscode) as typeof LogModule;
  });
  beforeEach(() => (lines = []));

  const request = { engine: 'build', method: 'GET', path: '/containers/json', status: 200, ms: 12.4 } as const;

  it('tells each request’s engine, method, path, status and time, failures a level higher', () => {
    const { requests } = module.createLog();
    requests.add(request);
    requests.add({ ...request, method: 'POST', path: '/containers/web/start', status: 500 });
    requests.add({ ...request, status: 0 });
    assert.deepEqual(lines, [
      'trace: [build] GET /containers/json 200 12 ms',
      'debug: [build] POST /containers/web/start 500 12 ms',
      'debug: [build] GET /containers/json no answer 12 ms',
    ]);
    assert.equal(requests.count, 3);
  });

  it('keeps the last failures for the diagnostics, without names', () => {
    const { requests } = module.createLog();
    for (let count = 0; count < 100; count++) {
      requests.add({ ...request, method: 'DELETE', path: `/volumes/secret-${count}`, status: 409 });
    }
    assert.equal(requests.failed.length, 20);
    for (const line of requests.failed) assert.match(line, /^\S+Z DELETE \/volumes\/… 409 12 ms$/);
  });

  it('never tells credentials', () => {
    const { log } = module.createLog();
    log.info('Connected to tcp://ada:s3cret@build:1?token=s3cret');
    log.error('“https://s3cret@build” failed');
    assert.doesNotMatch(lines.join('\n'), /s3cret/);
    assert.equal(lines.length, 2);
  });

  const paths: readonly (readonly [path: string, pattern: string])[] = [
    ['/_ping', '/_ping'],
    ['/containers/json', '/containers/json'],
    ['/containers/web', '/containers/…'],
    ['/containers/web/json', '/containers/…/json'],
    ['/images/registry/team/app:1/json', '/images/…/json'],
    ['/images/registry/team/app', '/images/…'],
    ['/networks/prune', '/networks/prune'],
  ];
  for (const [path, pattern] of paths) {
    it(`tells ${path} as ${pattern}`, () => assert.equal(module.pathPattern(path), pattern));
  }
});

import fc from 'fast-check';
import assert from 'node:assert/strict';
import { logs } from '../../../../src/engine/logs/log';
import { printedLog } from '../../../../src/engine/logs/printed';
import { tail } from '../../../../src/engine/logs/tail';
import { fromMilliseconds } from '../../../../src/engine/logs/times';
import { FakeEngine, sendJson } from '../../../support/engines/fakeEngine';

async function collect<T>(groups: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const group of groups) all.push(...group);
  return all;
}

describe('The tail of a stream of groups', () => {
  it('has as many items as wanted, or all', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat())), fc.integer({ min: 1, max: 30 }), async (groups, count) => {
        async function* source(): AsyncGenerator<number[]> {
          for (const group of groups) yield await Promise.resolve(group);
        }
        assert.deepEqual(await collect(tail(source(), count)), groups.flat().slice(-count));
      }),
    ));
});

describe('The last lines until a time', () => {
  const lines = ['1\n', '2\n', '3\n', '4\n', '5\n'];
  let fake: FakeEngine;

  /** Like Docker: takes the last entries of the whole log first. */
  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.answers.set('/containers/a/json', (_, response) =>
      sendJson(response, 200, { Config: { Tty: true }, State: {} }),
    );
    fake.answers.set('/containers/a/logs', ({ query }, response) => {
      const tail = query.get('tail');
      const entries = tail === null || tail === 'all' ? lines : lines.slice(Math.max(0, lines.length - Number(tail)));
      const stamp = (line: string): string =>
        query.get('timestamps') === 'true' ? `1970-01-01T00:00:0${line.trim()}.000000000Z ` : '';
      const wanted = entries.filter(line => Number(line) <= Number(query.get('until') ?? Infinity));
      response.end(wanted.map(line => stamp(line) + line).join(''));
    });
  });
  afterEach(() => fake.dispose());

  const ranges: [until: number, tail: number, expected: readonly string[]][] = [
    [3_000, 2, ['2\n', '3\n']],
    [3_000, 9, ['1\n', '2\n', '3\n']],
    [9_000, 2, ['4\n', '5\n']],
    [3_000, 0, []],
  ];
  for (const [time, tail, expected] of ranges) {
    it(`are the last ${tail} of those until second ${time / 1_000}`, async () => {
      const range = { until: fromMilliseconds(time), tail };
      const told = (all: readonly { bytes: Buffer }[]): string[] => all.map(({ bytes }) => bytes.toString());
      assert.deepEqual(told(await collect(logs(fake.engine(), 'a', range))), expected);
      assert.deepEqual(
        told(await collect(printedLog(fake.engine(), 'a', range))).join(''),
        expected.join(''),
        'without times',
      );
    });
  }
});

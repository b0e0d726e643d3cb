import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { LogRecord } from '../../../../src/engine/logs/records';
import { ResumePoint } from '../../../../src/engine/logs/resume';

const told = ({ stream, time, bytes }: LogRecord): string => `${stream} ${time % 60_000_000_000n} ${bytes.toString()}`;

describe('A log that is requested again', () => {
  const record = (time: number, text: string, stream: LogRecord['stream'] = 'stdout'): LogRecord => ({
    stream,
    time: BigInt(time),
    bytes: Buffer.from(text),
  });
  const second = 1_000_000_000;

  it('brings each line once, however often it breaks off', () => {
    const steps = fc.array(
      fc.tuple(fc.nat(30), fc.constantFrom('a\n', 'b\n'), fc.constantFrom<LogRecord['stream']>('stdout', 'stderr')),
      {
        maxLength: 60,
      },
    );
    const scenario = fc.tuple(steps, fc.array(fc.nat(60), { maxLength: 6 }), fc.constantFrom(1, second));
    fc.assert(
      fc.property(scenario, ([parts, breaks, unit]) => {
        let time = 100 * second;
        const log = parts.map(([pause, text, stream]) => record((time += (pause % 3) * unit), text, stream));
        const resume = new ResumePoint();
        const got: LogRecord[] = [];
        for (const length of [...breaks.toSorted((a, b) => a - b), log.length]) {
          const { since } = resume;
          resume.reopened();
          const answer = log.slice(0, length).filter(one => since === undefined || one.time >= since);
          for (const one of answer) got.push(...resume.fresh([one], undefined));
        }
        assert.deepEqual(got.map(told), log.map(told));
      }),
    );
  });

  it('brings a late line that has an older stamp than the last one', () => {
    const resume = new ResumePoint();
    resume.reopened();
    resume.fresh([record(10 * second, 'a\n'), record(10 * second + 9, 'c\n', 'stderr')], undefined);
    const since = resume.since ?? 0n;
    resume.reopened();
    const again = [
      record(10 * second, 'a\n'),
      record(10 * second + 9, 'c\n', 'stderr'),
      record(10 * second + 5, 'b\n'),
    ];
    assert.deepEqual(
      resume
        .fresh(
          again.filter(({ time }) => time >= since),
          undefined,
        )
        .map(told),
      [told(record(10 * second + 5, 'b\n'))],
    );
  });

  it('brings no forgotten line twice, though a line before it has a later stamp', () => {
    const resume = new ResumePoint();
    resume.reopened();
    const log = Array.from({ length: 6_000 }, (_, index) => record(10 * second + 2 * index, `${index}\n`));
    const [earlier, later] = [record(10 * second + 1_999, 'late\n', 'stderr'), 1_000];
    log.splice(later, 0, record(10 * second + 2 * later + 1, 'early\n', 'stderr'), earlier);
    resume.fresh(log, undefined);
    const since = resume.since ?? 0n;
    assert.ok(since > (log[later - 1]?.time ?? since), 'some are forgotten');
    resume.reopened();
    const again = [...log.filter(({ time }) => time >= since), record(10 * second + 20_000, 'new\n')];
    assert.deepEqual(resume.fresh(again, undefined).map(told), [told(record(10 * second + 20_000, 'new\n'))]);
  });

  it('brings no line twice that is too long to be remembered', () => {
    const resume = new ResumePoint();
    resume.reopened();
    const long = record(10 * second, `${'x'.repeat(5 * 1024 * 1024)}\n`);
    resume.fresh([long], undefined);
    assert.equal(resume.since, long.time);
    resume.reopened();
    const next = record(10 * second, 'new\n');
    assert.deepEqual(resume.fresh([long, next], undefined).map(told), [told(next)]);
  });

  it('brings the rest of a line within which its run ended', () => {
    const resume = new ResumePoint();
    resume.reopened();
    resume.fresh([record(second, 'begun')], undefined);
    resume.reopened();
    assert.deepEqual(resume.fresh([record(second, 'begun and ended\n')], undefined).map(told), [
      'stdout 1000000000  and ended\n',
    ]);
  });

  for (const tail of [1_000, 10_000]) {
    it(`brings nothing from before the last ${tail} lines that it began with, though all have the same time`, () => {
      const resume = new ResumePoint();
      const all = Array.from({ length: 15_000 }, (_, index) => record(5 * second, `${index}\n`));
      resume.reopened(tail);
      assert.equal(resume.fresh(all.slice(-tail), undefined).length, tail);
      for (const more of [record(5 * second, 'same\n'), record(6 * second, 'later\n')]) {
        resume.reopened();
        all.push(more);
        assert.deepEqual(resume.fresh(all, undefined).map(told), [told(more)]);
      }
    });
  }

  it('remembers only a bounded part of very many lines, and still repeats none', () => {
    const resume = new ResumePoint();
    resume.reopened();
    const flood = Array.from({ length: 50_000 }, (_, index) => record(5 * second, `${index}\n`));
    for (let from = 0; from < flood.length; from += 500) resume.fresh(flood.slice(from, from + 500), undefined);
    resume.reopened();
    assert.equal(resume.since, BigInt(5 * second));
    assert.deepEqual(resume.fresh([...flood, record(6 * second, 'new\n')], undefined).map(told), [
      told(record(6 * second, 'new\n')),
    ]);
  });
});

import assert from 'node:assert/strict';
import { chartData, longestPause, reach, withSamples } from '../../../../../media/inspector/charts/statsHistory';
import type { StatsSample } from '../../../../../src/ui/inspector/protocol';

const at = (...seconds: readonly number[]): StatsSample[] => seconds.map(second => ({ time: second * 1_000 }));
const seconds = (samples: readonly StatsSample[]): number[] => samples.map(({ time }) => time / 1_000);

describe('withSamples', () => {
  it('puts samples behind those that are there', () => {
    assert.deepEqual(seconds(withSamples(at(1, 2), at(3, 4), false)), [1, 2, 3, 4]);
    assert.deepEqual(seconds(withSamples([], at(3), false)), [3]);
    assert.deepEqual(seconds(withSamples(at(1), [], false)), [1]);
  });

  it('takes no sample twice, and none from before', () => {
    assert.deepEqual(seconds(withSamples(at(1, 2), at(0, 2, 3), false)), [1, 2, 3]);
  });

  it('forgets the others at a reset, also when the new ones are from before', () => {
    assert.deepEqual(seconds(withSamples(at(5, 6), at(1, 2), true)), [1, 2]);
    assert.deepEqual(withSamples(at(5, 6), [], true), []);
  });

  it('keeps ten minutes, and no more', () => {
    let samples: readonly StatsSample[] = [];
    for (let second = 0; second <= 2_000; second++) samples = withSamples(samples, at(second), false);
    assert.deepEqual([samples.length, seconds(samples)[0]], [reach / 1_000 + 1, 1_400]);
  });
});

describe('chartData', () => {
  it('has a row of times, and one for each field, with nothing where nothing was measured', () => {
    const samples = [
      { time: 1_000, cpuPercent: 5, processes: 2 },
      { time: 2_000, processes: 0 },
    ];
    assert.deepEqual(chartData(samples, ['cpuPercent', 'processes']), [
      [1, 2],
      [5, null],
      [2, 0],
    ]);
  });

  it('breaks lines where nothing came for long, not between the samples of an engine that tells every five seconds', () => {
    const second = 5_010 + longestPause + 1;
    const samples = [0, 5_010, second].map(time => ({ time, processes: 1 }));
    assert.deepEqual(chartData(samples, ['processes']), [
      [0, 5.01, 5.011, second / 1_000],
      [1, 1, null, 1],
    ]);
  });

  it('has rows of nothing for no samples', () => assert.deepEqual(chartData([], ['processes']), [[], []]));
});

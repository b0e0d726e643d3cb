import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { linuxSignals, signalOfExit } from '../../../src/base/linuxSignals';

describe('The signal that ended a process of a container', () => {
  /** Some have other numbers elsewhere: 10 and 12 are SIGBUS and SIGSYS on macOS. */
  const codes: readonly (readonly [code: number, name: string | undefined])[] = [
    [129, 'SIGHUP'],
    [135, 'SIGBUS'],
    [137, 'SIGKILL'],
    [138, 'SIGUSR1'],
    [140, 'SIGUSR2'],
    [143, 'SIGTERM'],
    [159, 'SIGSYS'],
    [160, undefined],
    [128, undefined],
    [1, undefined],
    [-1, undefined],
  ];
  for (const [code, name] of codes) {
    it(`of the exit code ${code} is ${name ?? 'none'}`, () => assert.equal(signalOfExit(code), name));
  }

  if (process.platform === 'linux')
    it('has the number that this machine gives it', () => {
      const numbers: Readonly<Record<string, number>> = constants.signals;
      for (const [index, name] of linuxSignals.entries()) assert.equal(numbers[name], index + 1, name);
    });
});

import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Disposable } from '../../../../src/base/disposable';
import { watchForSockets } from '../../../../src/engine/endpoints/socketWatch';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporaryFolder';
import { until } from '../../../support/until';

describe('A socket that returns is told', () => {
  let folder: TemporaryFolder;
  let watch: Disposable | undefined;
  let told = 0;

  beforeEach(() => {
    folder = temporaryFolder('sockets');
    told = 0;
  });
  afterEach(() => {
    watch?.dispose();
    folder.remove();
  });

  const at = (...names: string[]): string => join(folder.path, ...names);
  const appear = (...names: string[]): void => {
    mkdirSync(dirname(at(...names)), { recursive: true });
    writeFileSync(at(...names), '');
  };
  const begin = (...names: string[]): void => {
    watch = watchForSockets([at(...names)], () => told++);
  };
  const isTold = (): Promise<unknown> => until('it is told', () => told > 0);

  it('where its folder is there, or not yet', async () => {
    begin('run', 'docker', 's');
    appear('run', 'docker', 's');
    await isTold();
    rmSync(at('run', 'docker', 's'));
    told = 0;
    appear('run', 'docker', 's');
    await isTold();
  });

  it('where its folder was removed meanwhile, with what lies above', async () => {
    mkdirSync(at('run', 'docker'), { recursive: true });
    begin('run', 'docker', 's');
    for (const gone of [at('run', 'docker'), at('run')]) {
      rmSync(gone, { recursive: true });
      told = 0;
      appear('run', 'docker', 's');
      await isTold();
    }
    renameSync(at('run', 'docker'), at('elsewhere'));
    told = 0;
    appear('run', 'docker', 's');
    await isTold();
  });

  it('behind links, also where the folder that they lead to is not there yet', async () => {
    for (const name of ['run', 'desktop']) mkdirSync(at(name));
    symlinkSync('../desktop/first', at('run', 's'));
    symlinkSync(at('machine', 's'), at('desktop', 'first'));
    begin('run', 's');
    appear('machine', 's');
    await isTold();
    rmSync(at('machine', 's'));
    told = 0;
    appear('machine', 's');
    await isTold();
  });

  it('behind a link that leads elsewhere now, and behind a folder’s', async () => {
    mkdirSync(at('run'));
    symlinkSync(at('nowhere'), at('run', 'docker'));
    begin('run', 'docker', 's');
    rmSync(at('run', 'docker'));
    symlinkSync(at('machine'), at('run', 'docker'));
    appear('machine', 's');
    await isTold();
  });

  it('in the place of a link that led to itself', async () => {
    symlinkSync(at('s'), at('s'));
    begin('s');
    rmSync(at('s'));
    appear('s');
    await isTold();
  });
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder';
import { createAsyncRotatingLogger } from '../../../support/tools/logWriter';

const [trace, warning] = [0, 3];

describe("VS Code's log files", () => {
  let folder: TemporaryFolder;
  let path: string;
  const text = (): string => readFileSync(path, 'utf8');
  const open = (size = 10_000): ReturnType<typeof createAsyncRotatingLogger> =>
    createAsyncRotatingLogger('remote', path, size);

  beforeEach(() => {
    folder = temporaryFolder('log');
    path = join(folder.path, 'logs/today/remote.log');
  });
  afterEach(() => folder.remove());

  it('hold each message in a line with its time and level', async () => {
    const logger = await open();
    logger.setPattern('%Y-%m-%d %H:%M:%S.%e [%l] %v');
    logger.setLevel(trace);
    for (const write of [logger.trace, logger.debug, logger.info, logger.warn, logger.error, logger.critical]) {
      write('100 % of "%v"');
    }
    const lines = text().split('\n');
    assert.equal(lines.pop(), '');
    for (const line of lines) assert.match(line, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[\w+\] 100 % of "%v"$/);
    const levels = lines.map(line => /\[(\w+)\]/.exec(line)?.[1]);
    assert.deepEqual(levels, ['trace', 'debug', 'info', 'warning', 'error', 'critical']);
    const [time = ''] = /^\S+ \S+/.exec(lines[0] ?? '') ?? [];
    assert.ok(Math.abs(new Date(time.replace(' ', 'T')).getTime() - Date.now()) < 60_000, 'in local time');
  });

  it('hold nothing below their level', async () => {
    const logger = await open();
    logger.setPattern('%v');
    logger.setLevel(warning);
    assert.equal(logger.getLevel(), warning);
    logger.info('one');
    logger.warn('two');
    logger.error('three');
    assert.equal(text(), 'two\nthree\n');
  });

  it('hold messages as they are where that is wanted', async () => {
    const logger = await open();
    logger.clearFormatters();
    logger.info('half a ');
    logger.info('line\n');
    assert.equal(text(), 'half a line\n');
  });

  it('go on where they ended, and leave one older file when they are full', async () => {
    for (const message of ['first', 'second', 'third', 'a long one that alone is over the size']) {
      const logger = await open(14);
      logger.setPattern('%v');
      logger.info(message);
    }
    assert.equal(text(), 'a long one that alone is over the size\n');
    assert.equal(readFileSync(path.replace('.log', '.1.log'), 'utf8'), 'third\n');
    assert.equal(existsSync(path.replace('.log', '.2.log')), false);
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeWhole } from '../../../src/base/wholeFile';
import { compiled } from '../../support/compiled';
import { saying } from '../../support/sentence';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder';

async function* contents(...parts: readonly string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Promise.resolve(Buffer.from(part));
}

async function* broken(): AsyncGenerator<Buffer> {
  yield* contents('the beginning');
  throw new Error('the engine was lost');
}

describe('A file that is written whole', () => {
  let folder: TemporaryFolder;
  let path: string;

  beforeEach(() => {
    folder = temporaryFolder('whole');
    path = join(folder.path, 'web.log');
  });

  afterEach(() => folder.remove());

  const inFolder = (): string[] => readdirSync(folder.path).sort();

  it('is made, and replaces an earlier one with the same mode', async () => {
    await writeWhole(path, contents('a', 'b'));
    assert.equal(readFileSync(path, 'utf8'), 'ab');
    chmodSync(path, 0o600);
    await writeWhole(path, contents('c'));
    assert.equal(readFileSync(path, 'utf8'), 'c');
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(inFolder(), ['web.log']);
  });

  it('leaves the earlier file as it was, and nothing else, when the contents fail', async () => {
    await assert.rejects(writeWhole(path, broken()), /the engine was lost/);
    assert.deepEqual(inFolder(), []);
    writeFileSync(path, 'before');
    await assert.rejects(writeWhole(path, broken()), /the engine was lost/);
    assert.equal(readFileSync(path, 'utf8'), 'before');
    assert.deepEqual(inFolder(), ['web.log']);
  });

  it('is written where a link leads, and the link stays', async () => {
    const link = join(folder.path, 'link.log');
    writeFileSync(path, 'before');
    symlinkSync(path, link);
    await writeWhole(link, contents('after'));
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(path, 'utf8'), 'after');
  });

  it('is not written to the path of something else than a file, or into a missing folder', async () => {
    mkdirSync(path);
    await assert.rejects(writeWhole(path, contents('x')), { name: 'NotAFileError', path });
    await assert.rejects(writeWhole('/dev/null', contents('x')), saying(/^\/dev\/null is no file$/));
    await assert.rejects(writeWhole(join(folder.path, 'none', 'web.log'), contents('x')), /ENOENT.*none'$/);
    assert.deepEqual(inFolder(), ['web.log']);
  });

  it('does not replace a read-only file', async () => {
    chmodSync(folder.path, 0o777);
    writeFileSync(path, 'before', { mode: 0o444 });
    assert.match(await failureOfNobody(path), /^EACCES: permission denied/);
    assert.equal(readFileSync(path, 'utf8'), 'before');
    assert.deepEqual(inFolder(), ['web.log']);
  });
});

/** Why a file could not be written in a process without root's rights, to which nothing is forbidden. */
async function failureOfNobody(path: string): Promise<string> {
  const script = `
    const { writeWhole } = require(${JSON.stringify(compiled('base/wholeFile'))});
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
    writeWhole(process.argv[1], (async function* () { yield Buffer.from('x'); })())
      .catch(error => process.stdout.write(error.message));`;
  return (await promisify(execFile)(process.execPath, ['-e', script, path], { timeout: 8_000 })).stdout;
}

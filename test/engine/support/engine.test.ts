import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type EngineVersion, startEngine } from '../../support/engines/engine';
import { runContainer } from '../../support/engines/rawEngine';
import { processTable } from '../../support/processes';
import { endLeftovers } from '../../support/run/leftovers';

const engines: { version: EngineVersion; release: RegExp }[] = [
  { version: '20.10', release: /^20\.10\./ },
  { version: '28', release: /^2[68]\./ },
  { version: 'podman', release: /^4\./ },
];

describe('A test engine', () => {
  for (const { version, release } of engines) {
    it(`${version} runs containers, survives a crash with its data, and leaves nothing behind`, async () => {
      const engine = await startEngine({ version });
      try {
        assert.match(engine.version, release);
        await engine.loadBusybox();
        await runContainer(engine.api, { name: 'kept' });
        await engine.restart('SIGKILL');
        assert.equal(await engine.docker('ps', '-a', '--format', '{{.Names}}'), 'kept\n');
        await runContainer(engine.api, { name: 'running' });
      } finally {
        await engine.dispose();
      }
      assertNothingLeft(dirname(engine.socket), engine.namespace);
    });
  }

  it('that is stopped by a signal answers again when it goes on', async () => {
    const engine = await startEngine();
    try {
      engine.pause();
      setTimeout(() => engine.resume(), 300);
      const begin = Date.now();
      assert.equal(await engine.api('GET', '/_ping'), 'OK');
      assert.ok(Date.now() - begin >= 250);
    } finally {
      await engine.dispose();
    }
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    it(`leaves nothing behind when its owner ends by ${signal}`, async () => {
      const module = join(__dirname, '../../support/engines/engine.js');
      const script = `require(${JSON.stringify(module)}).startEngine().then(engine => console.log(engine.socket, engine.namespace))`;
      const owner = spawn(process.execPath, ['--eval', `${script}; setInterval(() => {}, 1000);`], { stdio: 'pipe' });
      const [line] = (await once(owner.stdout, 'data')) as [Buffer];
      const [socket = '', namespace] = line.toString().trim().split(' ');
      owner.kill(signal);
      await once(owner, 'exit');
      endLeftovers();
      assertNothingLeft(dirname(socket), namespace);
    });
  }
});

function assertNothingLeft(folder: string, namespace: string | undefined): void {
  assert.ok(folder.includes('quayside-'));
  assert.equal(existsSync(folder), false);
  assert.deepEqual(
    processTable().filter(entry => entry.command.some(argument => argument.includes(folder))),
    [],
  );
  assert.ok(!readFileSync('/proc/mounts', 'utf8').includes(folder));
  assert.ok(!execFileSync('ip', ['netns'], { encoding: 'utf8' }).includes(`${namespace} `));
}

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serveAskpass } from '../../../../../src/engine/transport/ssh/askpassServer';
import { temporaryFolder } from '../../../../support/temporaryFolder';

describe('What ssh asks', () => {
  it('reaches the one who answers through a program of its own, in any characters', async () => {
    const folder = temporaryFolder('ask');
    const asked: string[] = [];
    const server = await serveAskpass(folder.path, ({ prompt, hint, asker }) => {
      asked.push(`${hint}|${prompt}|${asker === process.pid}`);
      return Promise.resolve(prompt.startsWith('No') ? undefined : `“${prompt}” $(id)`);
    });
    try {
      const env = { ...process.env, ...server.env };
      const ask = (prompt: string): Promise<{ stdout: string }> =>
        promisify(execFile)(server.env['SSH_ASKPASS'] ?? '', [prompt], { env });
      const prompt = 'Zwei\nZeilen, `id`: ';
      assert.equal((await ask(prompt)).stdout, `“${prompt}” $(id)\n`);
      await assert.rejects(ask('No answer'), { code: 1, stdout: '' });
      assert.deepEqual(asked, [`|${prompt}|true`, '|No answer|true']);
      assert.ok((server.env['SSH_ASKPASS'] ?? '').startsWith(join(folder.path, '')));
    } finally {
      server.dispose();
      folder.remove();
    }
  });
});

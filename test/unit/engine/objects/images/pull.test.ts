import assert from 'node:assert/strict';
import { isEngineError } from '../../../../../src/engine/errors';
import { pull as pullImage, type PullProgress } from '../../../../../src/engine/objects/images/pull';
import { until } from '../../../../support/until';
import { fails, operating } from '../../operating';

describe('Operations, on answers that a real engine seldom gives', () => {
  const on = operating();

  describe('pull', () => {
    const answer = (lines: readonly string[], end: (response: { end(): void; destroy(): void }) => void): void => {
      on.fake.answers.set('/images/create', (_, response) => {
        response.writeHead(200);
        response.write(lines.map(line => `${line}\n`).join(''));
        setTimeout(() => end(response), 5);
      });
    };
    const pull = async (reference = 'a:1', signal?: AbortSignal): Promise<PullProgress[]> => {
      const seen: PullProgress[] = [];
      for await (const line of pullImage(on.engine, reference, { signal })) seen.push(line);
      return seen;
    };

    it('yields lines about layers and about the whole, and passes over what is not JSON', async () => {
      const lines = [
        '{"status":"Pulling from team/a","id":"1"}',
        'oops',
        '{"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"0123456789ab"}',
        '{"status":"Extracting","progressDetail":{},"id":"0123456789ab"}',
        '{"status":"Digest: sha256:x"}',
      ];
      answer(lines, response => response.end());
      const none = { current: undefined, total: undefined };
      assert.deepEqual(await pull(), [
        { layer: '', status: 'Pulling from team/a', ...none },
        { layer: '0123456789ab', status: 'Downloading', current: 1, total: 2 },
        { layer: '0123456789ab', status: 'Extracting', ...none },
        { layer: '', status: 'Digest: sha256:x', ...none },
      ]);
    });

    const failures: [name: string, line: string][] = [
      ['as all engines tell it', '{"errorDetail":{"message":"no space"},"error":"no space"}'],
      ['as new engines tell it', '{"errorDetail":{"message":"no space"}}'],
      ['as old engines tell it', '{"error":"no space"}'],
    ];
    for (const [name, line] of failures) {
      it(`fails for a failure within the stream, ${name}`, async () => {
        answer(['{"status":"Waiting"}', line, '{"status":"more"}'], response => response.end());
        await fails(pull(), 'failed', /^no space$/);
      });
    }

    it('fails when the connection is lost in its middle, and leaves open whether the image came', async () => {
      answer(['{"status":"Waiting"}'], response => response.destroy());
      await assert.rejects(pull(), error => isEngineError(error, 'unreachable') && error.answerLost);
    });

    it('is canceled by its signal, and closes its socket', async () => {
      answer(['{"status":"Waiting"}'], () => undefined);
      const abort = new AbortController();
      const pulling = pull('a:1', abort.signal);
      await until('it is asked', () => on.fake.to('/images/create').length);
      setTimeout(() => abort.abort(), 20);
      await fails(pulling, 'canceled');
      await until('the socket is closed', () => on.fake.sockets.size === 0);
    });

    it('closes its socket when its reader leaves the loop', async () => {
      answer(['{"status":"Waiting"}'], () => undefined);
      for await (const { status } of pullImage(on.engine, 'a:1')) if (status) break;
      await until('the socket is closed', () => on.fake.sockets.size === 0);
    });

    const references: [reference: string, query: Record<string, string>][] = [
      ['nginx', { fromImage: 'nginx', tag: 'latest' }],
      ['host:5000/team/a', { fromImage: 'host:5000/team/a', tag: 'latest' }],
      ['host:5000/team/a:1.2', { fromImage: 'host:5000/team/a', tag: '1.2' }],
      ['a@sha256:0', { fromImage: 'a@sha256:0' }],
    ];
    for (const [reference, query] of references) {
      it(`asks for ${reference} and never for all tags`, async () => {
        answer([], response => response.end());
        await pull(reference);
        assert.deepEqual(Object.fromEntries(on.fake.to('/images/create')[0]?.query ?? []), query);
      });
    }
  });
});

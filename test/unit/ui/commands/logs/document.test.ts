import assert from 'node:assert/strict';
import type * as LogDocumentModule from '../../../../../src/ui/commands/logs/document';
import { FakeEngine, sendJson } from '../../../../support/engines/fakeEngine';
import { l10n, loadAnew } from '../../vscodeStub';

const modules = ['text', 'commands/logs/phrases'];
const { logText } = loadAnew(modules, 'commands/logs/document', { l10n }) as typeof LogDocumentModule;

describe('A log as a document', () => {
  let fake: FakeEngine;

  beforeEach(async () => {
    fake = await new FakeEngine().start();
    fake.answers.set('/containers/a/json', (_, response) => sendJson(response, 200, { Config: { Tty: true } }));
  });

  afterEach(() => fake.dispose());

  const textOf = (printed: string): Promise<string> => {
    fake.answers.set('/containers/a/logs', (_, response) => response.end(printed));
    return logText(fake.engine(), 'a', { signal: new AbortController().signal });
  };

  it('is text alone', async () => {
    assert.equal(await textOf('\x1b[32mone\x1b[0m\r\ntwo\r\n'), 'one\ntwo\n');
  });

  it('is the end of a log that is too large, and says so in its first line', async () => {
    const line = `${'x'.repeat(9_999)}\n`;
    const text = await textOf(`first\n${line.repeat(1_500)}last\n`);
    const [head, ...lines] = text.split('\n');
    assert.equal(head, '── These are the last 10MB of the log; save it to a file to read more');
    assert.deepEqual(lines.slice(-2), ['last', '']);
    assert.ok(text.length > 9_000_000 && text.length < 10_001_000, `${text.length}`);
    assert.ok(!lines.includes('first'));
  });
});

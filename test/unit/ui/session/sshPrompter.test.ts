import assert from 'node:assert/strict';
import type { Question } from '../../../../src/engine/transport/ssh';
import type * as PrompterModule from '../../../../src/ui/session/sshPrompter';
import { l10n, loadAnew } from '../vscodeStub';

class CancellationTokenSource {
  readonly #listeners: (() => void)[] = [];
  readonly token = { onCancellationRequested: (listener: () => void) => this.#listeners.push(listener) };
  cancel(): void {
    for (const listener of this.#listeners) listener();
  }
  dispose(): void {
    this.#listeners.length = 0;
  }
}

const passphrase: Question = {
  kind: 'passphrase',
  text: "Enter passphrase for key '/home/ada/.ssh/id':",
  subject: '/home/ada/.ssh/id',
  fingerprint: '',
  keyType: '',
  again: false,
};
const hostKey: Question = {
  kind: 'hostKey',
  text: 'Are you sure?',
  subject: 'build',
  fingerprint: 'SHA256:abc',
  keyType: 'ED25519',
  again: false,
};

describe('What ssh asks', () => {
  let inputs: { title: string; prompt: string; password: boolean }[];
  let warnings: { message: string; detail: string }[];
  let typed: (string | undefined)[];
  let pressed: (string | undefined)[];
  let stored: Map<string, string>;
  const never = new AbortController().signal;

  const window = {
    showInputBox: (options: (typeof inputs)[number], token: CancellationTokenSource['token']) => {
      inputs.push(options);
      if (typed.length > 0) return Promise.resolve(typed.shift());
      return new Promise(resolve => token.onCancellationRequested(() => resolve(undefined)));
    },
    showWarningMessage: (message: string, { detail }: { detail: string }) => {
      warnings.push({ message, detail });
      return Promise.resolve(pressed.shift());
    },
    showInformationMessage: () => Promise.resolve(pressed.shift()),
  };
  const vscode = { l10n, window, CancellationTokenSource };
  const { SshPrompter } = loadAnew(['text'], 'session/sshPrompter', vscode) as typeof PrompterModule;
  const newPrompter = (): InstanceType<typeof SshPrompter> =>
    new SshPrompter({
      get: key => Promise.resolve(stored.get(key)),
      store: (key, value) => Promise.resolve(void stored.set(key, value)),
      delete: key => Promise.resolve(void stored.delete(key)),
    });

  beforeEach(() => {
    [inputs, warnings, typed, pressed] = [[], [], [], []];
    stored = new Map();
  });

  it('is a host’s key with its fingerprint: only a click on Connect accepts it', async () => {
    pressed = ['Connect'];
    assert.equal(await newPrompter().prompt(hostKey, never), 'yes');
    assert.equal(warnings[0]?.message, 'Is this the machine “build”?');
    assert.match(warnings[0].detail, /^Its ED25519 key: SHA256:abc\n/);
    assert.equal(await newPrompter().prompt(hostKey, never), undefined);
  });

  it('is asked no more once it was refused, until the person tries again', async () => {
    const prompter = newPrompter();
    pressed = [undefined, 'Connect'];
    assert.equal(await prompter.prompt(hostKey, never), undefined);
    assert.equal(await prompter.prompt(hostKey, never), undefined);
    assert.equal(warnings.length, 1);
    prompter.askAgain();
    assert.equal(await prompter.prompt(hostKey, never), 'yes');
  });

  it('is another question when the host shows another key', async () => {
    const prompter = newPrompter();
    pressed = [undefined, 'Connect'];
    assert.equal(await prompter.prompt(hostKey, never), undefined);
    assert.equal(await prompter.prompt({ ...hostKey, fingerprint: 'SHA256:other' }, never), 'yes');
  });

  it('is a passphrase, hidden while it is typed, asked once for a window', async () => {
    const prompter = newPrompter();
    typed = ['open sesame'];
    assert.equal(await prompter.prompt(passphrase, never), 'open sesame');
    assert.equal(await prompter.prompt(passphrase, never), 'open sesame');
    assert.equal(inputs.length, 1);
    assert.equal(inputs[0]?.password, true);
    assert.equal(inputs[0].title, 'Passphrase of the key “/home/ada/.ssh/id”');
    assert.equal(stored.size, 0);
  });

  it('is kept beyond the window only when the person says so, and forgotten when it was wrong', async () => {
    typed = ['wrong'];
    pressed = ['Remember'];
    await newPrompter().prompt(passphrase, never);
    await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual([...stored.values()], ['wrong']);
    const next = newPrompter();
    assert.equal(await next.prompt(passphrase, never), 'wrong');
    assert.equal(inputs.length, 1);
    typed = ['right'];
    assert.equal(await next.prompt({ ...passphrase, again: true }, never), 'right');
    assert.equal(inputs[1]?.prompt, 'That was not right; try again');
    assert.equal(stored.size, 0);
  });

  it('goes away when ssh waits for it no more, and is not taken for a refusal', async () => {
    const prompter = newPrompter();
    const waits = new AbortController();
    const answer = prompter.prompt(passphrase, waits.signal);
    await new Promise(resolve => setImmediate(resolve));
    waits.abort();
    assert.equal(await answer, undefined);
    typed = ['open sesame'];
    assert.equal(await prompter.prompt(passphrase, never), 'open sesame');
  });

  it('is one question at a time', async () => {
    const prompter = newPrompter();
    typed = [];
    const waits = new AbortController();
    const first = prompter.prompt(passphrase, waits.signal);
    const second = prompter.prompt(hostKey, never);
    await new Promise(resolve => setImmediate(resolve));
    assert.equal(warnings.length, 0);
    waits.abort();
    pressed = ['Connect'];
    assert.deepEqual(await Promise.all([first, second]), [undefined, 'yes']);
  });
});

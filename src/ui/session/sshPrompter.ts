import * as vscode from 'vscode';
import { aborted, onAbort } from '../../base/abort';
import { Sequencer } from '../../base/schedule';
import type { Prompter, Question } from '../../engine/transport/ssh';
import { plain, quoted } from '../text';

/**
 * Asks a person what ssh wants to know, one question at a time. It does not repeat a question while its answer works.
 * After a refusal it asks again only once the person tries to connect again.
 */
export class SshPrompter implements Prompter {
  /** Passphrases and passwords of this window, by question. */
  readonly #given = new Map<string, string>();
  readonly #refused = new Set<string>();
  readonly #turns = new Sequencer();

  constructor(private readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>) {}

  /** To be called when the person tries again: refused questions may then be asked again. */
  askAgain(): void {
    this.#refused.clear();
  }

  prompt(question: Question, signal: AbortSignal): Promise<string | undefined> {
    if (question.kind === 'notice') return showNotice(question, signal);
    return this.#turns.take(() => this.#answer(question, signal));
  }

  async #answer(question: Question, signal: AbortSignal): Promise<string | undefined> {
    const key = keyOf(question);
    const isOver = (): boolean => signal.aborted;
    const mayBeKept = question.kind === 'passphrase' || question.kind === 'password';
    if (question.again) await this.#forget(key);
    const kept = mayBeKept ? (this.#given.get(key) ?? (await this.secrets.get(key))) : undefined;
    if (kept !== undefined || this.#refused.has(key) || isOver()) return kept;
    const answer = question.kind === 'hostKey' ? await askHostKey(question) : await askSecret(question, signal);
    if (isOver()) return undefined;
    if (answer === undefined) this.#refused.add(key);
    else if (mayBeKept) this.#keep(key, answer, question);
    return answer;
  }

  #keep(key: string, answer: string, question: Question): void {
    this.#given.set(key, answer);
    void this.#offerToRemember(key, question);
  }

  /** Keeps a secret beyond this window only if the person agrees, and only in VS Code's secret storage. */
  async #offerToRemember(key: string, { kind, subject }: Question): Promise<void> {
    const remember = vscode.l10n.t('Remember');
    const message =
      kind === 'passphrase'
        ? vscode.l10n.t('Remember the passphrase of {0} among VS Code’s secrets?', quoted(subject))
        : vscode.l10n.t('Remember the password of {0} among VS Code’s secrets?', quoted(subject));
    if ((await vscode.window.showInformationMessage(message, remember)) !== remember) return;
    const answer = this.#given.get(key);
    if (answer !== undefined) await this.secrets.store(key, answer);
  }

  async #forget(key: string): Promise<void> {
    this.#given.delete(key);
    await this.secrets.delete(key);
  }
}

/** Another key of a host is another question. */
function keyOf({ kind, subject, fingerprint, text }: Question): string {
  return ['ssh', kind, subject || text, fingerprint].filter(Boolean).join(':');
}

async function askHostKey({ subject, fingerprint, keyType, text }: Question): Promise<string | undefined> {
  const connect = vscode.l10n.t('Connect');
  const detail = [
    fingerprint ? vscode.l10n.t('Its {0} key: {1}', plain(keyType), plain(fingerprint)) : plain(text, 400),
    vscode.l10n.t(
      'No connection to this machine was made before. Compare the fingerprint with the one that its administrator tells you: if it differs, somebody else may answer in its place and see all that you send.',
    ),
    vscode.l10n.t('When you connect, ssh remembers the key, and refuses the machine should the key ever change.'),
  ];
  const options = { modal: true, detail: detail.join('\n\n') };
  const message = vscode.l10n.t('Is this the machine {0}?', quoted(subject));
  const answer = await vscode.window.showWarningMessage(message, options, connect);
  return answer === connect ? 'yes' : undefined;
}

async function askSecret(question: Question, signal: AbortSignal): Promise<string | undefined> {
  const leave = new vscode.CancellationTokenSource();
  const ending = onAbort(signal, () => leave.cancel());
  try {
    const options = { title: titleOf(question), password: true, ignoreFocusOut: true };
    const prompt = question.again ? vscode.l10n.t('That was not right; try again') : plain(question.text, 400);
    return await vscode.window.showInputBox({ ...options, prompt }, leave.token);
  } finally {
    ending.dispose();
    leave.dispose();
  }
}

function titleOf({ kind, subject, text }: Question): string {
  if (kind === 'passphrase') return vscode.l10n.t('Passphrase of the key {0}', quoted(subject));
  return kind === 'password' ? vscode.l10n.t('Password of {0}', quoted(subject)) : plain(text);
}

/** Shows what ssh says, e.g. that a key waits for a touch, until ssh goes on. */
async function showNotice({ text }: Question, signal: AbortSignal): Promise<undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: plain(text, 400) };
  await vscode.window.withProgress(options, () => aborted(signal));
  return undefined;
}

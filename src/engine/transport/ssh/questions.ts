/** What ssh asks a person during a login. The text may come from the server: it is only data. */
export interface Question {
  /**
   * - `hostKey`: whether the fingerprint is the host's. The answer `yes` connects, and ssh remembers the key.
   * - `passphrase` of a key, `password` of this login or of a jump host on the way. The answer may be kept.
   * - `secret`: anything else, e.g. a one-time code. It is never kept.
   * - `notice`: needs no answer, e.g. that a hardware key waits for a touch. It is shown until the signal is aborted.
   */
  kind: 'hostKey' | 'passphrase' | 'password' | 'secret' | 'notice';
  /** In ssh's own words. */
  text: string;
  /** The host, login or key file that it is about; '' when ssh does not say. */
  subject: string;
  /** A host key's fingerprint, e.g. `SHA256:…`; '' for other questions. */
  fingerprint: string;
  /** A host key's type, e.g. `ED25519`; '' for other questions. */
  keyType: string;
  /** Whether the previous answer was wrong. */
  again: boolean;
}

/** Answers what ssh asks. */
export interface Prompter {
  /** The answer, or undefined when there is none. The signal is aborted when ssh no longer waits for it. */
  prompt(question: Question, signal: AbortSignal): Promise<string | undefined>;
}

/** Reads a prompt of OpenSSH, which exists in English only. `hint` comes from SSH_ASKPASS_PROMPT. */
export function readQuestion(prompt: string, hint: string): Omit<Question, 'again'> {
  const text = prompt.trim();
  const none = { text, subject: '', fingerprint: '', keyType: '' };
  if (hint === 'none') return { ...none, kind: 'notice' };
  if (/\(yes\/no(?:\/\[fingerprint\])?\)\?$|^Please type 'yes'/.test(text)) {
    const [, keyType = '', fingerprint = ''] = /^(\S+) key fingerprint is (\S+?)\.?$/m.exec(text) ?? [];
    return {
      ...none,
      kind: 'hostKey',
      subject: hostIn(text),
      keyType,
      fingerprint,
    };
  }
  const key = /^Enter passphrase for (?:key )?'?(.*?)'?:$/.exec(text)?.[1];
  if (key !== undefined) return { ...none, kind: 'passphrase', subject: key };
  const login = /^(\S+)'s password:$/.exec(text)?.[1];
  return login === undefined ? { ...none, kind: 'secret' } : { ...none, kind: 'password', subject: login };
}

/** ssh writes a host's address in brackets behind its name, even where both are the same. */
function hostIn(text: string): string {
  const [, host = '', address = host] = /authenticity of host '([^' ]*)(?: \(([^']*)\))?'/.exec(text) ?? [];
  return address === host ? host : `${host} (${address})`;
}

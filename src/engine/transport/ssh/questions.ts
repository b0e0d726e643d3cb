/** What ssh asks a person while it logs in. Its words may be the server's: they are data. */
export interface Question {
  /**
   * - `hostKey`: whether the fingerprint is the host's; `yes` connects and has ssh remember the key
   * - `passphrase` of a key, `password` of the login under way or one on the way to it: may be kept
   * - `secret`: anything else, e.g. a one-time code; never kept
   * - `notice`: nothing to answer, e.g. that a hardware key waits for a touch; shown until the signal is aborted
   */
  kind: 'hostKey' | 'passphrase' | 'password' | 'secret' | 'notice';
  /** In ssh's own words. */
  text: string;
  /** The host or login it is about, or the key's file; '' when ssh does not say. */
  subject: string;
  /** Of a host's key, e.g. `SHA256:…`; '' otherwise. */
  fingerprint: string;
  /** The kind of a host's key, e.g. `ED25519`; '' otherwise. */
  keyType: string;
  /** Whether the answer given before was wrong. */
  again: boolean;
}

/** Answers what ssh asks. */
export interface Prompter {
  /** The answer, or undefined when there is none. The signal is aborted when ssh does not wait for it any more. */
  prompt(question: Question, signal: AbortSignal): Promise<string | undefined>;
}

/** Reads a prompt of OpenSSH, which is not translated. `hint` is what ssh says in SSH_ASKPASS_PROMPT. */
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

/** ssh names a host with its address in brackets, also where the two are the same. */
function hostIn(text: string): string {
  const [, host = '', address = host] = /authenticity of host '([^' ]*)(?: \(([^']*)\))?'/.exec(text) ?? [];
  return address === host ? host : `${host} (${address})`;
}

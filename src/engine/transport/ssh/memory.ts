import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '../../../base/disposable';
import type { SshAddress } from '../../endpoints/address';
import type { EngineError } from '../../errors';
import type { Asked } from './askpassServer';
import type { SshLogin } from './login';
import { type Prompter, readQuestion } from './questions';

/** How ssh endpoints are logged in to. */
export interface SshOptions {
  /** Answers what ssh asks. Without one nothing is asked: an unknown host and a protected key are refused. */
  prompter?: Prompter;
  /** More arguments for ssh, before the host, e.g. `-F` and a configuration file. */
  arguments?: readonly string[];
}

/**
 * What of ssh outlives one connection to an engine: the login itself, secrets, which are asked once, and that logging in
 * again is of no use.
 */
export class SshMemory implements Disposable {
  readonly #secrets = new Map<string, string>();
  #held: { address: SshAddress; login: SshLogin } | undefined;
  #disposed = false;
  /** Why no login is tried until a person says so: what was refused once is not to be asked every few seconds. */
  refusal: EngineError | undefined;

  constructor(readonly options: SshOptions = {}) {}

  recall(text: string): string | undefined {
    return this.#secrets.get(text);
  }

  keep(text: string, secret: string): void {
    this.#secrets.set(text, secret);
  }

  forget(text: string): void {
    this.#secrets.delete(text);
  }

  /** The login to an address that is held and has not ended. */
  loginTo(address: SshAddress): SshLogin | undefined {
    const held = this.#held;
    return held && !held.login.failure && isDeepStrictEqual(held.address, address) ? held.login : undefined;
  }

  /** Holds a login that reached its engine for those that connect after its user; not beside another one to the same. */
  hold(address: SshAddress, login: SshLogin): void {
    if (this.#disposed || this.loginTo(address)) return;
    this.#held?.login.dispose();
    this.#held = { address, login };
  }

  /** Ends a login, unless it is held. */
  leave(login: SshLogin): void {
    if (this.#held?.login !== login) login.dispose();
  }

  /** Ends the login that is held. Secrets stay: what is left to do on the engine may ask for them. */
  dispose(): void {
    this.#disposed = true;
    this.#held?.login.dispose();
    this.#held = undefined;
  }
}

/** Answers the questions of one login. */
export class Answers {
  /** Each text that was answered, with who asked it: only who asks the same again was given a wrong answer. */
  readonly #given = new Set<string>();
  /** How many questions wait for a person. */
  waiting = 0;
  /** The question that a person left without an answer. */
  declined: string | undefined;

  /** @param isOwn whether a login (`ada@build`) is the one under way, or one on the way to it. */
  constructor(
    private readonly memory: SshMemory,
    private readonly isOwn: (login: string) => boolean,
  ) {}

  /** The answer to one prompt of ssh, undefined when there is none. */
  async answer({ prompt, hint, asker }: Asked, signal: AbortSignal): Promise<string | undefined> {
    const read = this.#read(prompt, hint);
    const given = `${asker} ${read.text}`;
    const again = this.#given.has(given);
    const mayBeKept = read.kind === 'passphrase' || read.kind === 'password';
    if (again) this.memory.forget(read.text);
    const kept = mayBeKept ? this.memory.recall(read.text) : undefined;
    this.#given.add(given);
    if (kept !== undefined) return kept;
    const answer = await this.#ask({ ...read, again }, signal);
    if (mayBeKept && answer !== undefined) this.memory.keep(read.text, answer);
    return answer;
  }

  /** Before OpenSSH 8.5 a server's own question shows as if ssh asked: no other login's password is meant for it. */
  #read(prompt: string, hint: string): ReturnType<typeof readQuestion> {
    const read = readQuestion(prompt, hint);
    return read.kind === 'password' && !this.isOwn(read.subject) ? { ...read, kind: 'secret' } : read;
  }

  async #ask(question: Parameters<Prompter['prompt']>[0], signal: AbortSignal): Promise<string | undefined> {
    const { prompter } = this.memory.options;
    if (!prompter) return undefined;
    this.waiting++;
    try {
      const answer = await prompter.prompt(question, signal);
      if (answer === undefined && question.kind !== 'notice' && !signal.aborted) this.declined = question.text;
      return answer;
    } finally {
      this.waiting--;
    }
  }
}

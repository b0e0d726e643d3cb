import type { EngineError } from '../errors';
import type { Asked } from './askpassServer';
import { type Prompter, readQuestion } from './questions';

/** How ssh endpoints are logged in to. */
export interface SshOptions {
  /** Answers what ssh asks. Without one nothing is asked: an unknown host and a protected key are refused. */
  prompter?: Prompter;
  /** More arguments for ssh, before the host, e.g. `-F` and a configuration file. */
  arguments?: readonly string[];
}

/** What of ssh outlives one login: secrets, which are asked once, and that logging in again is of no use. */
export class SshMemory {
  readonly #secrets = new Map<string, string>();
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
}

/** Answers the questions of one login. */
export class Answers {
  /** Each text that was answered, with who asked it: only who asks the same again was given a wrong answer. */
  readonly #given = new Set<string>();
  /** How many questions wait for a person. */
  waiting = 0;
  /** The question that a person left without an answer. */
  declined: string | undefined;

  constructor(private readonly memory: SshMemory) {}

  /** The answer to one prompt of ssh, undefined when there is none. */
  async answer({ prompt, hint, asker }: Asked, signal: AbortSignal): Promise<string | undefined> {
    const read = readQuestion(prompt, hint);
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

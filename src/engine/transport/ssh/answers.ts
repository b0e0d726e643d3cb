import type { EngineError } from '../../errors';
import type { Asked } from './askpassServer';
import { type Prompter, readQuestion } from './questions';

/** How to log in to ssh endpoints. */
export interface SshOptions {
  /** Answers ssh's questions. Without it nothing is asked: unknown hosts and protected keys are refused. */
  prompter?: Prompter;
  /** More arguments for ssh, before the host, e.g. `-F` and a configuration file. */
  arguments?: readonly string[];
}

/** What a login takes from earlier ones, and leaves for later ones. */
export interface LoginMemory {
  readonly options: SshOptions;
  /** Why no login is tried until a person asks for it: what was refused once would be refused every few seconds. */
  refusal: EngineError | undefined;
  /** The secret that answered this question before. */
  recall(question: string): string | undefined;
  keep(question: string, secret: string): void;
  forget(question: string): void;
}

/** Answers the questions of one login. */
export class Answers {
  /** Each answered text with the process that asked. If the same process asks it again, the answer was wrong. */
  readonly #given = new Set<string>();
  /** How many questions wait for a person. */
  waiting = 0;
  /** The question that a person left without an answer. */
  declined: string | undefined;

  /** @param isOwn whether a login (`ada@build`) is the one under way, or one on the way to it. */
  constructor(
    private readonly memory: LoginMemory,
    private readonly isOwn: (login: string) => boolean,
  ) {}

  /** The answer to one prompt of ssh, or undefined. */
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

  /** Before OpenSSH 8.5, a server's own question looks like ssh's: it must not get another login's password. */
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

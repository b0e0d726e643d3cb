import type { EngineError } from '../../errors';
import type { Asked } from './askpassServer';
import { type Prompter, readQuestion } from './questions';

/** How ssh endpoints are logged in to. */
export interface SshOptions {
  /** Answers what ssh asks. Without one nothing is asked: an unknown host and a protected key are refused. */
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
  /** Each text that was answered, with who asked it: only who asks the same again was given a wrong answer. */
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

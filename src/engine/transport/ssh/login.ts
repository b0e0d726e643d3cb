import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { delay, LinkedAbort, onAbort } from '../../../base/abort';
import type { Disposable } from '../../../base/disposable';
import { shortName, type SshAddress } from '../../endpoints/address';
import { EngineError, toEngineError } from '../../errors';
import { Answers, type LoginMemory } from './answers';
import { serveAskpass } from './askpassServer';
import { checkArguments, configurationArguments, forwardArguments, loginArguments } from './command';
import { readConfiguration, type SshConfiguration } from './configuration';
import { loginFailure } from './failures';

/** The time that people take to answer does not count. */
const loginDeadlineMs = 30_000;
const forwardDeadlineMs = 10_000;
const checkDeadlineMs = 5_000;
const configurationDeadlineMs = 5_000;
/** ssh's exit code for a failure of its own, rather than the command's. */
const sshFailed = 255;
/** How often to look for the file that ssh makes when it is logged in. A look costs next to nothing. */
const lookEveryMs = 20;

/**
 * A shell script that runs ssh. Its input ends when this process ends in any way; then it ends ssh, and removes the
 * private folder. Its arguments are the folder and ssh's command line.
 */
const guard = `folder=$1; shift
exec 3<&0
"$@" 3<&- </dev/null &
ssh=$!
(while read -r line; do :; done; kill "$ssh") <&3 2>/dev/null &
watch=$!
exec 3<&-
wait "$ssh"
code=$?
kill "$watch" 2>/dev/null
rm -rf "$folder"
exit $code`;

/** One ssh login, which any number of connections share. */
export class SshLogin implements Disposable {
  /** How it reached the engine; undefined until it has. */
  route: 'forwarded' | 'stdio' | undefined;
  readonly #ended = new AbortController();
  readonly #answers: Answers;
  #child: ChildProcess | undefined;
  #askpass: Disposable | undefined;
  #env: NodeJS.ProcessEnv = process.env;
  #folder = '';
  #stderr = '';
  #configuration: SshConfiguration = { strict: false, logins: new Set() };

  constructor(
    private readonly address: SshAddress,
    private readonly memory: LoginMemory,
  ) {
    this.#answers = new Answers(memory, login => this.#configuration.logins.has(login));
  }

  get #more(): readonly string[] {
    return this.memory.options.arguments ?? [];
  }

  /** Why it has ended; undefined while it has not. */
  get failure(): EngineError | undefined {
    return this.#ended.signal.aborted ? (this.#ended.signal.reason as EngineError) : undefined;
  }

  /** The socket by which other ssh processes share this connection. */
  get control(): string {
    return join(this.#folder, 'c');
  }

  /** The local socket that leads to the engine's after `forward`. */
  get forwarded(): string {
    return join(this.#folder, 'e');
  }

  get env(): NodeJS.ProcessEnv {
    return this.#env;
  }

  /** What ssh has written so far. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Logs in. Fails with an EngineError. */
  async open(signal: AbortSignal | undefined): Promise<void> {
    if (this.memory.refusal) throw this.memory.refusal;
    this.#folder = await mkdtemp(join(privateParent(), 'quayside-'));
    const abort = new LinkedAbort(signal);
    onAbort(this.#ended.signal, () => abort.abort(this.failure));
    try {
      await this.#start();
      await this.#loggedIn(abort.signal);
    } catch (error) {
      const failure = this.#failureOf(error, signal);
      if (failure.kind === 'unauthorized') this.memory.refusal = failure;
      this.dispose();
      throw failure;
    } finally {
      abort.dispose();
    }
  }

  /** Makes the `forwarded` socket lead to the engine's. Fails when ssh refuses. */
  async forward(): Promise<void> {
    const args = forwardArguments(this.address, this.control, this.forwarded, this.#more);
    const options = { env: this.#env, timeout: forwardDeadlineMs, signal: this.#ended.signal };
    await promisify(execFile)('ssh', args, options);
  }

  /** Whether the host still answers. ssh itself would wait long for a host that is out of reach. */
  isAnswered(): Promise<boolean> {
    const args = checkArguments(this.address, this.control, this.#more);
    return new Promise(resolve => {
      const options = { env: this.#env, timeout: checkDeadlineMs, signal: this.#ended.signal };
      execFile('ssh', args, options, error =>
        resolve(!this.failure && (!error || (!error.killed && error.code !== sshFailed))),
      );
    });
  }

  dispose(): void {
    this.#ended.abort(new EngineError('unreachable', { code: 'sshClosed' }));
    this.#child?.stdin?.destroy();
    this.#askpass?.dispose();
    if (this.#folder && !this.#child) rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const askpass = await serveAskpass(this.#folder, (...asked) => this.#answers.answer(...asked));
    this.#askpass = askpass;
    await this.#configure();
    if (this.failure) throw this.failure;
    // Before OpenSSH 8.4, ssh ran the asking program only if there was a display.
    this.#env = { DISPLAY: ':0', ...process.env, ...askpass.env };
    const { strict } = this.#configuration;
    const command = loginArguments(this.address, this.control, { strict, more: this.#more });
    const args = ['-c', guard, 'sh', this.#folder, 'ssh', ...command];
    const child = spawn('/bin/sh', args, { env: this.#env, stdio: ['pipe', 'ignore', 'pipe'] });
    this.#child = child;
    child.stdin.on('error', () => undefined);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-16_384);
    });
    child.on('error', error => this.#end(new EngineError('unreachable', { said: error.message }, { cause: error })));
    child.on('close', () => this.#end(loginFailure(this.#stderr, shortName(this.address))));
  }

  /** A failure is ignored: the login fails for the same reason, and tells it. */
  async #configure(): Promise<void> {
    const options = { timeout: configurationDeadlineMs, signal: this.#ended.signal };
    const ask = async (address: SshAddress): Promise<string> =>
      (await promisify(execFile)('ssh', configurationArguments(address, this.#more), options)).stdout;
    this.#configuration = await readConfiguration(this.address, ask).catch(() => this.#configuration);
  }

  #failureOf(error: unknown, signal: AbortSignal | undefined): EngineError {
    const { declined } = this.#answers;
    if (signal?.aborted) return toEngineError(error, signal);
    return declined === undefined ? (this.failure ?? toEngineError(error)) : unanswered(declined);
  }

  async #loggedIn(signal: AbortSignal): Promise<void> {
    let spent = 0;
    while (!existsSync(this.control)) {
      await delay(lookEveryMs, signal);
      if (this.#answers.waiting === 0) spent += lookEveryMs;
      if (spent > loginDeadlineMs) {
        const where = shortName(this.address);
        throw new EngineError('unreachable', { code: 'sshLoginSlow', where, ms: loginDeadlineMs });
      }
    }
  }

  #end(failure: EngineError): void {
    this.#ended.abort(failure);
    this.#askpass?.dispose();
  }
}

/** The temporary folder, or a shorter one where a socket's path in it would be too long. */
function privateParent(): string {
  const folder = tmpdir();
  return folder.length > 60 ? '/tmp' : folder;
}

function unanswered(question: string): EngineError {
  const [first = ''] = question.split('\n');
  return new EngineError('unauthorized', { code: 'sshQuestionUnanswered', question: first });
}

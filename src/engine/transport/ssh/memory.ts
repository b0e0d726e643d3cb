import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '../../../base/disposable';
import type { SshAddress } from '../../endpoints/address';
import type { EngineError } from '../../errors';
import type { LoginMemory, SshOptions } from './answers';
import type { SshLogin } from './login';

/**
 * What logins to an engine leave for later ones: a login that can be shared, the secrets, so that each is asked for
 * once, and a refusal, after which another login is of no use.
 */
export class SshMemory implements LoginMemory, Disposable {
  readonly #secrets = new Map<string, string>();
  #held: { address: SshAddress; login: SshLogin } | undefined;
  #disposed = false;
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

  /** The held login to this address, unless it has ended. */
  loginTo(address: SshAddress): SshLogin | undefined {
    const held = this.#held;
    return held && !held.login.failure && isDeepStrictEqual(held.address, address) ? held.login : undefined;
  }

  /** Holds a login that reached its engine for later connections, unless another one to the same address is held. */
  hold(address: SshAddress, login: SshLogin): void {
    if (this.#disposed || this.loginTo(address)) return;
    this.#held?.login.dispose();
    this.#held = { address, login };
  }

  /** Ends a login, unless it is held. */
  leave(login: SshLogin): void {
    if (this.#held?.login !== login) login.dispose();
  }

  /** Ends the held login. The secrets stay, as work that is left to do on the engine may need them. */
  dispose(): void {
    this.#disposed = true;
    this.#held?.login.dispose();
    this.#held = undefined;
  }
}

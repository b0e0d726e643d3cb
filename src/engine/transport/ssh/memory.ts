import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from '../../../base/disposable';
import type { SshAddress } from '../../endpoints/address';
import type { EngineError } from '../../errors';
import type { LoginMemory, SshOptions } from './answers';
import type { SshLogin } from './login';

/**
 * What the logins to an engine leave for the next ones: the login itself, the secrets, so that each is asked for once, and
 * that logging in again is of no use.
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

import type { Disposable } from '../../base/disposable';
import type { SshAddress } from '../endpoints/address';
import { connectionClosed } from '../errors';
import type { Dialer } from './dialer';
import type { SshMemory, SshOptions } from './ssh';

/**
 * The way to engines over ssh, with what earlier logins left for the next ones. The code for ssh is loaded when an ssh
 * endpoint is first tried: this is the only place that loads it.
 */
export class SshAccess implements Disposable {
  #memory: SshMemory | undefined;
  #disposed = false;

  /** @param options without them ssh can ask nothing */
  constructor(private readonly options: SshOptions = {}) {}

  /** Connections to an engine on another host. */
  dialerTo(address: SshAddress): Dialer {
    let loading: Promise<Dialer> | undefined;
    let loaded: Dialer | undefined;
    let closed = false;
    const load = async (): Promise<Dialer> => {
      loaded = await (loading ??= this.#load(address));
      if (closed) throw connectionClosed();
      return loaded;
    };
    return {
      open: async signal => {
        const dialer = await load();
        signal?.throwIfAborted();
        await dialer.open(signal);
      },
      connect: () => loaded?.connect() ?? load().then(dialer => dialer.connect()),
      explain: error => (loaded ? loaded.explain(error) : error),
      close: () => {
        closed = true;
        loaded?.close();
      },
    };
  }

  /** Whether a login to this address holds that forwards the engine's socket: then another connection costs little. */
  forwards(address: SshAddress): boolean {
    return this.#memory?.loginTo(address)?.route === 'forwarded';
  }

  /** Lets a login be tried again that was refused before. */
  forgetRefusal(): void {
    if (this.#memory) this.#memory.refusal = undefined;
  }

  /** Ends the login that is held. */
  dispose(): void {
    this.#disposed = true;
    this.#memory?.dispose();
  }

  async #load(address: SshAddress): Promise<Dialer> {
    const { SshDialer, SshMemory } = await import('./ssh');
    this.#memory ??= new SshMemory(this.options);
    if (this.#disposed) this.#memory.dispose();
    return new SshDialer(address, this.#memory);
  }
}

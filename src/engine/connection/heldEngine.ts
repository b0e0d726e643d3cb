import { Emitter } from '../../base/event';
import { waitFor } from '../../base/wait';
import type { EngineClient } from '../client/client';
import type { Endpoint } from '../endpoints/endpoint';
import type { EngineError } from '../errors';

/** Something that broke: the engine may still be there (doubt), or it is lost. */
export interface Break {
  kind: 'doubt' | 'loss';
  error: EngineError;
}

/** One engine from when it is found until it is lost: what breaks in this time. */
export class HeldEngine {
  readonly client: EngineClient;
  readonly endpoint: Endpoint;
  readonly #broke = new Emitter<void>();
  readonly #work = new AbortController();
  #break: Break | undefined;

  constructor({ client, endpoint }: { client: EngineClient; endpoint: Endpoint }) {
    this.client = client;
    this.endpoint = endpoint;
  }

  /** Aborted when the engine is lost: ends the pings. */
  get untilLost(): AbortSignal {
    return this.#work.signal;
  }

  /** What the engine was lost with. */
  get loss(): EngineError | undefined {
    return this.#break?.kind === 'loss' ? this.#break.error : undefined;
  }

  /** Whether nothing has broken since it was last trusted. */
  get isTrusted(): boolean {
    return this.#break === undefined;
  }

  /** Forgets a doubt that the engine has lifted. Resolves with what breaks first from now on; at once when it is lost. */
  trust(): Promise<Break> {
    if (this.#break?.kind === 'doubt') this.#break = undefined;
    return waitFor(this.#broke.event, () => this.#break);
  }

  doubt(error: EngineError): void {
    this.#break ??= { kind: 'doubt', error };
    this.#broke.fire();
  }

  /** The engine is lost for good; what it was lost with first counts. */
  lose(error: EngineError): void {
    if (this.loss) return;
    this.#break = { kind: 'loss', error };
    this.#work.abort(error);
    this.#broke.fire();
  }
}

import { Emitter } from '../../base/event';
import { text } from '../../base/read';
import type { Engine } from '../../engine/connection/engine';
import { type DiskUse, diskUse, info, type Plugin, plugins } from '../../engine/objects/system';

/** What an engine tells of itself once. */
export interface EngineFacts {
  /** E.g. `linux/x86_64`. */
  platform: string;
  system: string;
  plugins: readonly Plugin[];
}

/** An answer that is asked for when somebody looks: not there yet, there, or failed. */
type Asked<T> =
  { value?: undefined; error?: undefined } | { value: T; error?: undefined } | { value?: undefined; error: unknown };

/** Asks an engine for facts when somebody first looks at them, and fires when the answer is there. */
export class FactsReader {
  readonly #changed = new Emitter<void>();
  readonly #facts = new WeakMap<Engine, Asked<EngineFacts>>();
  readonly #diskUse = new WeakMap<Engine, Asked<DiskUse>>();
  readonly onDidChange = this.#changed.event;

  factsOf(engine: Engine): Asked<EngineFacts> {
    return this.#ask(this.#facts, engine, readFacts);
  }

  /** Slow on engines that hold much, so it is asked for only when somebody opens its row. */
  diskUseOf(engine: Engine): Asked<DiskUse> {
    return this.#ask(this.#diskUse, engine, diskUse);
  }

  /** Asks for the disk use again when somebody next looks at it. */
  forgetDiskUse(engine: Engine): void {
    this.#diskUse.delete(engine);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #ask<T>(known: WeakMap<Engine, Asked<T>>, engine: Engine, read: (engine: Engine) => Promise<T>): Asked<T> {
    const asked = known.get(engine);
    if (asked) return asked;
    const waiting: Asked<T> = {};
    known.set(engine, waiting);
    const settle = (outcome: Asked<T>): void => {
      if (known.get(engine) !== waiting) return;
      known.set(engine, outcome);
      this.#changed.fire();
    };
    read(engine).then(
      value => settle({ value }),
      (error: unknown) => settle({ error }),
    );
    return waiting;
  }
}

async function readFacts(engine: Engine): Promise<EngineFacts> {
  const [told, installed] = await Promise.all([info(engine), plugins(engine)]);
  const platform = [text(told['OSType']), text(told['Architecture'])].filter(Boolean).join('/');
  return { platform, system: text(told['OperatingSystem']), plugins: installed };
}

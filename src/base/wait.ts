import { abortReason, onAbort } from './abort';
import { DisposableStore } from './disposable';
import type { Event } from './event';

/**
 * Waits until `look` gives a value: it is asked at once, and again after each event. Rejects with the reason of a signal
 * that is aborted before that.
 */
export async function waitFor<T>(
  event: Event<unknown>,
  look: () => T | undefined,
  ...signals: readonly AbortSignal[]
): Promise<T> {
  for (const signal of signals) if (signal.aborted) throw abortReason(signal);
  return look() ?? nextEvent(event, look, ...signals);
}

/** Waits for an event of which `take` makes a value, and gives that. Rejects like {@link waitFor}. */
export function nextEvent<E, T>(
  event: Event<E>,
  take: (value: E) => T | undefined,
  ...signals: readonly AbortSignal[]
): Promise<T> {
  const subscriptions = new DisposableStore();
  const next = new Promise<T>((resolve, reject) => {
    const onEvent = (value: E): void => {
      const taken = take(value);
      if (taken !== undefined) resolve(taken);
    };
    subscriptions.add(event(onEvent));
    for (const signal of signals) subscriptions.add(onAbort(signal, () => reject(abortReason(signal))));
  });
  return next.finally(() => subscriptions.dispose());
}

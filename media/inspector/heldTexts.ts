import type { PageMessage } from '../../src/ui/inspector/protocol';

/** The texts that the host holds back until they are asked for: secrets, and the whole of long values. */
export interface HeldTexts {
  /** The whole text while it is open. */
  open(number: number): string | undefined;
  ask(number: number): void;
  close(number: number): void;
  arrived(number: number, text: string): void;
  /** Asks again for what is open: it may have changed with what it is part of. */
  askAgain(): void;
  /** Calls back when a text is opened, changed or closed, as long as the element is on the page. */
  follow(number: number, element: Element, listener: () => void): void;
}

interface Follower {
  element: Element;
  listener: () => void;
}

export function holdTexts(post: (message: PageMessage) => void): HeldTexts {
  const texts = new Map<number, string>();
  const followers = new Map<number, Follower[]>();
  const changed = (number: number): void => {
    const all = followers.get(number) ?? [];
    const present = all.filter(({ element }) => element.isConnected);
    followers.set(number, present);
    for (const { listener } of present) listener();
  };
  return {
    open: number => texts.get(number),
    ask: number => post({ type: 'reveal', secret: number }),
    close: number => {
      texts.delete(number);
      changed(number);
    },
    arrived: (number, text) => {
      if (texts.get(number) === text) return;
      texts.set(number, text);
      changed(number);
    },
    askAgain: () => {
      for (const number of texts.keys()) post({ type: 'reveal', secret: number });
    },
    follow: (number, element, listener) => {
      const present = (followers.get(number) ?? []).filter(follower => follower.element.isConnected);
      followers.set(number, [...present, { element, listener }]);
    },
  };
}

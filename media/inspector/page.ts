import type { ContentOf, PageMessage, StatsSample, TabName } from '../../src/ui/inspector/protocol';
import type { Translate } from '../shared/texts';
import type { HeldTexts } from './heldTexts';
import type { Memory } from './memory';

/** What every part of the page is given. */
export interface Page {
  readonly t: Translate;
  readonly memory: Memory;
  readonly held: HeldTexts;
  post(message: PageMessage): void;
  /** Says something to a screen reader. */
  announce(sentence: string): void;
}

/** What stands in a tab's panel. */
export interface TabView<T extends TabName = TabName> {
  readonly element: HTMLElement;
  update?(content: ContentOf<T>): void;
  /** Shows measurements after those that it has, or instead of them. */
  samples?(samples: readonly StatsSample[], reset: boolean): void;
  /** Draws what was left undrawn while it was hidden. */
  shown?(): void;
}

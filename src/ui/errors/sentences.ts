import type { Coded, ErrorCode, Reason } from '../../engine/errorCodes';

/**
 * For each code, a function that makes the sentence from the facts. `textOf` does that for a reason within the facts.
 */
export type Sentences = {
  readonly [C in ErrorCode]: (facts: Coded<C>, textOf: (reason: Reason) => string) => string;
};

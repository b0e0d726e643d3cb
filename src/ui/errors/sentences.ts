import type { Coded, ErrorCode, Reason } from '../../engine/errorCodes';

/** Makes the sentence of each code, of its facts; `textOf` that of a reason among these. */
export type Sentences = {
  readonly [C in ErrorCode]: (facts: Coded<C>, textOf: (reason: Reason) => string) => string;
};

import { DeadlineError } from '../../base/abort';
import { NotAFileError } from '../../base/wholeFile';
import type { Coded, ErrorCode, Reason } from '../../engine/errorCodes';
import { EngineError } from '../../engine/errors';
import { endpointSentences } from './endpointSentences';
import { notAFile, requestSentences } from './requestSentences';
import type { Sentences } from './sentences';
import { sshSentences } from './sshSentences';
import { tlsSentences } from './tlsSentences';

/** One sentence for each code. If one is missing, this does not compile. */
const sentences: Sentences = { ...requestSentences, ...endpointSentences, ...tlsSentences, ...sshSentences };

/**
 * An error's sentence. Foreign parts of it may contain markup and secrets: show it through `causeOf`, or clean it as
 * `causeOf` does.
 */
export function errorText(error: unknown): string {
  if (error instanceof EngineError) return reasonText(error.reason);
  if (error instanceof DeadlineError) return sentenceOf({ code: 'deadline', ms: error.ms });
  if (error instanceof NotAFileError) return notAFile(error.path);
  return error instanceof Error ? error.message : String(error);
}

export function reasonText(reason: Reason): string {
  return reason.code === undefined ? reason.said : sentenceOf(reason);
}

function sentenceOf<C extends ErrorCode>(reason: Coded<C>): string {
  return sentences[reason.code](reason, reasonText);
}

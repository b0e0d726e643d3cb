import { DeadlineError } from '../../base/abort';
import { NotAFileError } from '../../base/wholeFile';
import type { Coded, ErrorCode, Reason } from '../../engine/errorCodes';
import { EngineError } from '../../engine/errors';
import { endpointSentences } from './endpointSentences';
import { notAFile, requestSentences } from './requestSentences';
import type { Sentences } from './sentences';
import { sshSentences } from './sshSentences';
import { tlsSentences } from './tlsSentences';

/** One for each code: without one of them this does not compile. */
const sentences: Sentences = { ...requestSentences, ...endpointSentences, ...tlsSentences, ...sshSentences };

/**
 * What an error says in words, as they come: foreign parts may hold markup and secrets, so whoever shows them takes
 * `causeOf`, or cleans them as that does.
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

import type { HostMessage } from '../../src/ui/inspector/protocol';
import { type Check, isBoolean, isNumber, isRecord, isString, listOf, literal, mapOf, shape } from '../shared/check';
import { isContent, isHead, isInspected, isSample, isTabName } from './shapes';

type Checks = { [K in HostMessage['type']]: Check<Extract<HostMessage, { type: K }>> };
type Message<K extends HostMessage['type']> = Extract<HostMessage, { type: K }>;

const checks: Checks = {
  texts: shape<Message<'texts'>>({ type: literal('texts'), texts: mapOf(isString), inspected: isInspected }, {}),
  head: shape<Message<'head'>>({ type: literal('head'), head: isHead }, { inspected: isInspected }),
  content: shape<Message<'content'>>({ type: literal('content'), content: isContent }, {}),
  unavailable: shape<Message<'unavailable'>>({ type: literal('unavailable'), tab: isTabName, sentence: isString }, {}),
  stats: shape<Message<'stats'>>({ type: literal('stats'), reset: isBoolean, samples: listOf(isSample) }, {}),
  revealed: shape<Message<'revealed'>>({ type: literal('revealed'), secret: isNumber, text: isString }, {}),
};

/** A message of the host, or undefined where it does not have the shape that the protocol gives it. */
export function readMessage(data: unknown): HostMessage | undefined {
  if (!isRecord(data) || !isString(data['type']) || !Object.hasOwn(checks, data['type'])) return undefined;
  return checks[data['type'] as HostMessage['type']](data) ? data : undefined;
}

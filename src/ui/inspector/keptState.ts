import { checked } from '../../base/check';
import { record } from '../../base/read';
import { type Inspected, isInspected, isTabName, type TabName } from './protocol';

/** The tab that a panel showed, from the state that its page kept. */
export function readShownTab(state: unknown): TabName | undefined {
  return checked(isTabName, record(state)['tab']);
}

/** What a panel was about, from the state that its page kept; undefined when it holds no such thing. */
export function readInspected(state: unknown): Inspected | undefined {
  const inspected = checked(isInspected, record(state)['inspected']);
  return inspected?.id === '' ? undefined : inspected;
}

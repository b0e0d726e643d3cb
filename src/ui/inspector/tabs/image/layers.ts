import { maskedText } from '../../../../base/secrets';
import type { HistoryEntry } from '../../../../engine/objects/images/operations';
import type { Ledger } from '../../ledger';
import type { TabContent, Value } from '../../protocol';

/** What `docker history` tells, the newest first as it has them. */
export function layers(ledger: Ledger, history: readonly HistoryEntry[]): TabContent {
  return {
    tab: 'layers',
    layers: history.map(({ created, size, createdBy, comment, tags }, index) => ({
      created,
      bytes: size,
      instruction: instructionValue(ledger, `layer.${index}`, createdBy),
      comment,
      tags,
    })),
  };
}

/** Whole but for what looks secret: a variable of the image may hold it, or an argument of its build. */
function instructionValue(ledger: Ledger, place: string, instruction: string): Value {
  const text = maskedText(instruction);
  return { text, code: true, ...(text !== instruction && { secret: ledger.hold(place, instruction) }) };
}

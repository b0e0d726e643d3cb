import * as vscode from 'vscode';
import { text } from '../../../../base/read';
import { maskedText } from '../../../../base/secrets';
import { history, type HistoryEntry } from '../../../../engine/objects/images/operations';
import type { Handles } from '../../handles';
import type { Layer, Value } from '../../protocol';
import type { ReadableTab } from '../tab';

/** What `docker history` says, the newest layer first. */
export const layers: ReadableTab<'layers'> = {
  title: () => vscode.l10n.t('Layers'),
  asks: true,
  content: async ({ json, handles }, engine, options) => {
    const entries = await history(engine, text(json['Id']), options);
    return { tab: 'layers', layers: layersOf(handles, entries) };
  },
};

export function layersOf(handles: Handles, entries: readonly HistoryEntry[]): readonly Layer[] {
  return entries.map((entry, index) => layerOf(handles, entry, index));
}

function layerOf(handles: Handles, { created, size, createdBy, comment, tags }: HistoryEntry, index: number): Layer {
  return {
    created,
    bytes: size,
    instruction: instructionValue(handles, `layer.${index}`, createdBy),
    comment,
    tags,
  };
}

/** Hides what looks secret: a variable or a build argument may hold it. */
function instructionValue(handles: Handles, place: string, instruction: string): Value {
  const shown = maskedText(instruction);
  return { text: shown, code: true, ...(shown !== instruction && { secret: handles.hold(place, instruction) }) };
}

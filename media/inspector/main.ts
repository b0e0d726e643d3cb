import type { PageMessage } from '../../src/ui/inspector/protocol';
import { holdTexts } from './heldTexts';
import { inspectorView, type InspectorView } from './inspectorView';
import { openMemory, type StateStore } from './memory';
import { readMessage } from './messages';
import { translator } from './texts';
import { defineElements } from './toolkit';

/** What VS Code gives to a webview's page. */
declare function acquireVsCodeApi(): StateStore & { postMessage(message: unknown): void };

const api = acquireVsCodeApi();
const memory = openMemory(api);
const post = (message: PageMessage): void => api.postMessage(message);
const held = holdTexts(post);
let view: InspectorView | undefined;

defineElements();
addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = readMessage(data);
  if (message === undefined) {
    console.warn('A message does not fit the protocol.', data);
    return;
  }
  if (message.type === 'texts') {
    memory.set({ inspected: message.inspected });
    view ??= inspectorView({ memory, held, post, t: translator(message.texts) });
  } else if (message.type === 'revealed') {
    held.arrived(message.secret, message.text);
  } else {
    view?.receive(message);
  }
});
post({ type: 'ready', tab: memory.state.tab });

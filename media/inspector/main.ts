import { checked } from '../../src/base/check';
import { type HostMessage, isHostMessage, type PageMessage } from '../../src/ui/inspector/protocol';
import { afterPaint } from '../shared/dom';
import { translator } from '../shared/texts';
import { InspectorView } from './frame/inspectorView';
import { HeldTexts } from './heldTexts';
import { openMemory, type StateStore } from './memory';

/** What VS Code gives to a webview's page. */
declare function acquireVsCodeApi(): StateStore & { postMessage(message: unknown): void };

const api = acquireVsCodeApi();
const memory = openMemory(api);
const post = (message: PageMessage): void => api.postMessage(message);
const held = new HeldTexts(post);
let view: InspectorView | undefined;
/** Whether the toolkit could not be loaded. */
let isIncomplete = false;

function receive(data: unknown): void {
  const message = checked(isHostMessage, data);
  if (message) show(message);
  else console.warn('A message does not fit the protocol.', data);
}

function show(message: HostMessage): void {
  if (message.type === 'texts') begin(message);
  else if (message.type === 'revealed') held.arrived(message.secret, message.text);
  else {
    if (message.type === 'head' && message.inspected) memory.set({ inspected: message.inspected });
    view?.receive(message);
  }
}

function begin({ texts, inspected }: Extract<HostMessage, { type: 'texts' }>): void {
  memory.set({ inspected });
  view ??= new InspectorView({ memory, held, post, t: translator(texts) });
  if (isIncomplete) view.tellIncomplete();
}

/** The messages that stand in the document. */
function messagesToBeginWith(): readonly unknown[] {
  const { messages } = document.body.dataset;
  delete document.body.dataset['messages'];
  const read: unknown = messages ? JSON.parse(messages) : [];
  return Array.isArray(read) ? read : [];
}

async function loadToolkit(): Promise<void> {
  try {
    const { defineElements } = await import('../shared/toolkit');
    defineElements();
  } catch (error) {
    console.error(error);
    isIncomplete = true;
    view?.tellIncomplete();
  }
}

addEventListener('message', ({ data }: MessageEvent<unknown>) => receive(data));
messagesToBeginWith().forEach(receive);
post({ type: 'ready', tab: memory.state.tab });
// The toolkit is larger than all else here, and nothing waits for it. It takes over the elements that are there.
afterPaint(() => void loadToolkit());

import * as vscode from 'vscode';
import type { ResourceSubject } from '../objects/subject';
import type { Handles } from './handles';
import { openSuccessor } from './head';
import { follow } from './links';
import type { InspectedObject } from './object';
import type { HostMessage, Inspected, InspectedKind, PageMessage } from './protocol';
import { sendSignal } from './tabs/container/signalling';
import { kinds } from './tabs/kinds';
import type { Readings } from './tabs/readings';
import type { InspectedRow } from './tabs/tab';

/** What the person asks for on the page, except other tabs. */
export type Request = Exclude<PageMessage, { type: 'ready' | 'show' | 'refresh' }>;

export interface RequestParts {
  readonly object: InspectedObject;
  readonly handles: Handles;
  readonly readings: Readings;
  readonly post: (message: HostMessage) => void;
  /** Opens the inspector of another object. */
  readonly open: (inspected: Inspected) => Promise<void>;
  /** What is shown may have changed without an event. */
  readonly onDidChange: () => void;
}

/** Does what the page asks for. Numbers that it was not given do nothing. */
export async function fulfil(request: Request, parts: RequestParts): Promise<void> {
  switch (request.type) {
    case 'act':
      return act(parts.handles.actionOf(request.action), parts);
    case 'open':
      return openLink(request.link, parts);
    case 'reveal':
      reveal(request.secret, parts);
      return;
    case 'copy':
      return vscode.env.clipboard.writeText(request.text);
    case 'copySecret':
      return copyHeld(request.secret, parts);
    case 'signal':
      return signalProcess(request.process, request.signal, parts);
  }
}

async function act(command: string | undefined, { object, open }: RequestParts): Promise<void> {
  const { inspected, successor } = object;
  if (command === openSuccessor) {
    if (successor) await open({ ...inspected, ...successor });
    return;
  }
  const presence = object.locate();
  if (command === undefined || presence.kind !== 'here' || !presence.row) return;
  await vscode.commands.executeCommand(command, { subject: subjectOf(presence.row, inspected.name) });
}

/** The row as commands take it. */
function subjectOf<K extends InspectedKind>({ kind, row }: InspectedRow<K>, name: string): ResourceSubject {
  return kinds[kind].subject?.(row, name) ?? { kind, id: row.id };
}

async function openLink(link: number, parts: RequestParts): Promise<void> {
  const { object, handles, open } = parts;
  const target = handles.linkOf(link);
  const { engine } = object.inspected;
  if (target?.kind === 'measure') measureAnew(target.name, parts);
  else if (target) await follow(target, other => open({ ...other, engine }));
}

function measureAnew(name: string, { object, readings, onDidChange }: RequestParts): void {
  if (object.locate().kind !== 'here') return;
  readings.forgetMeasure(name);
  onDidChange();
}

function reveal(secret: number, { handles, post }: RequestParts): void {
  const text = handles.heldOf(secret);
  if (text !== undefined) post({ type: 'revealed', secret, text });
}

async function copyHeld(secret: number, { handles }: RequestParts): Promise<void> {
  const text = handles.heldOf(secret);
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}

async function signalProcess(pid: number, unixSignal: string, parts: RequestParts): Promise<void> {
  const { object, handles, readings, onDidChange } = parts;
  const presence = object.locate();
  const command = handles.processes.get(pid);
  const { known } = readings;
  if (command === undefined || !known || presence.kind !== 'here') return;
  await sendSignal(presence.engine, object.inspected.name, known, { pid, command, unixSignal });
  onDidChange();
}

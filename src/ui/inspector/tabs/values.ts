import * as vscode from 'vscode';
import { type Json, text, texts } from '../../../base/read';
import { mask, maskedText, maskedValue, maskedWords } from '../../../base/secrets';
import { shellLine } from '../../../base/shell';
import type { Handles } from '../handles';
import type { Fact, InspectedKind, Section, Value } from '../protocol';

/** How many characters of a value are sent before the page asks for all of it. */
const longest = 500;
/** How many characters are searched for secrets: enough to recognise a key or token that begins in what is sent. */
const mostSearched = 4_096;
const longestName = 200;
/** How many entries of a map are sent. There may be tens of thousands of labels; the tab Raw has them all. */
const mostEntries = 1_000;

/** A fact with one value or several; undefined when there is nothing to say. */
export type MaybeFact = Fact | undefined;

export function fact(name: string, ...values: readonly (Value | string | undefined)[]): MaybeFact {
  const all = values.flatMap(value => (typeof value === 'string' ? { text: value } : (value ?? [])));
  const shown = all.filter(value => value.text !== '' || value.secret !== undefined);
  return shown.length === 0 ? undefined : { name, values: shown };
}

/** A section of those facts that say something; no section if none does. */
export function facts(title: string, all: readonly MaybeFact[]): Section[] {
  const present = all.flatMap(one => one ?? []);
  return present.length === 0 ? [] : [{ title, facts: present }];
}

export function code(shown: string): Value {
  return { text: shown, code: true };
}

/** A text that may be long or hold secrets: neither is sent whole. `place` names where it stands. */
export function longText(handles: Handles, place: string, whole: string, style: Partial<Value> = {}): Value {
  return heldBack(handles, place, { whole, shown: shownOf(whole, maskedText) }, style);
}

/** Searches only the beginning of a long text for secrets, to save time: no more of it is sent. */
function shownOf(whole: string, masked: (beginning: string) => string): string {
  const searched = whole.slice(0, mostSearched);
  const shown = masked(searched);
  if (shown === searched) return whole;
  return searched === whole || shown === mask ? shown : `${shown}…`;
}

/** What may be shown of a text, with a number for the whole if that is more. */
function heldBack(
  handles: Handles,
  place: string,
  { whole, shown }: { whole: string; shown: string },
  style: Partial<Value>,
): Value {
  const text = shown.length > longest ? `${beginning(shown)}…` : shown;
  if (shown !== whole) return { ...style, text: shown.trim() === mask ? '' : text, secret: handles.hold(place, whole) };
  return text === whole ? { ...style, text } : { ...style, text, cut: handles.hold(place, whole) };
}

/** Never cuts a character into halves. */
function beginning(whole: string): string {
  return whole.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** A variable's value without what looks secret in it. */
export function variableValue(handles: Handles, place: string, name: string, value: string): Value {
  const shown = shownOf(value, beginning => maskedValue(name, beginning));
  return heldBack(handles, place, { whole: value, shown }, { code: true });
}

export function objectLink(handles: Handles, object: InspectedKind, id: string, name: string): Value {
  const text = shortName(name);
  return id === '' ? { text } : { text, link: handles.link({ kind: 'object', object, id, name: text }) };
}

/** Text by key, such as labels and options, in the order of the keys. */
export function mapSection(
  handles: Handles,
  title: string,
  map: Readonly<Record<string, string>>,
  place: string,
): Section[] {
  const keys = Object.keys(map).sort();
  const shown = keys.slice(0, mostEntries).map(key => ({
    name: shortName(key),
    values: [variableValue(handles, `${place}.${key}`, key, map[key] ?? '')],
  }));
  const more = keys.length - shown.length;
  const rest = more > 0 ? [{ name: '…', values: [{ text: vscode.l10n.t('{0} more: see Raw', more) }] }] : [];
  return shown.length === 0 ? [] : [{ title, facts: [...shown, ...rest] }];
}

/** The name of a fact or a section, cut if it is long. The tab Raw has it whole. */
export function shortName(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

/** A command as a person would type it. Some answers have one text instead of a list of words. */
export function commandValue(handles: Handles, place: string, value: unknown): Value {
  if (typeof value === 'string') return longText(handles, place, value, { code: true });
  const words = texts(value);
  return heldBack(handles, place, { whole: shellLine(words), shown: shellLine(maskedWords(words)) }, { code: true });
}

/** The command of a health check, as `Config.Healthcheck.Test` has it. */
export function checkValue(handles: Handles, test: unknown): Value {
  const [kind = '', ...words] = texts(test);
  if (kind === '' || kind === 'NONE') return { text: '' };
  const command = kind === 'CMD-SHELL' ? words.join(' ') : kind === 'CMD' ? words : [kind, ...words];
  return commandValue(handles, 'health', command);
}

/** An engine's time (RFC 3339) in the person's own format. Empty for the year 1, which engines write for no time. */
export function timeText(value: unknown): string {
  const ms = timeOf(value);
  return ms === undefined ? '' : new Date(ms).toLocaleString();
}

/** Milliseconds since the epoch. */
export function timeOf(value: unknown): number | undefined {
  const ms = Date.parse(text(value));
  return Number.isNaN(ms) || ms <= 0 ? undefined : ms;
}

export function yesWhen(holds: unknown): string {
  return holds === true ? vscode.l10n.t('yes') : '';
}

/** The names and values of `NAME=value` lines. A name alone has no value. */
export function variables(config: Json): { name: string; value: string }[] {
  return texts(config['Env']).map(line => {
    const [, name = line, value = ''] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
    return { name, value };
  });
}

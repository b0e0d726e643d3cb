import assert from 'node:assert/strict';
import type { Container } from '../../../../src/engine/objects/containers/row';
import type * as HandlesModule from '../../../../src/ui/inspector/handles';
import type { ContentOf, Fact, InspectedKind, Section, TabName, Value } from '../../../../src/ui/inspector/protocol';
import type * as KindsModule from '../../../../src/ui/inspector/tabs/kinds';
import type { Source } from '../../../../src/ui/inspector/tabs/source';
import { l10n, loadUi, withVscodeStub } from '../vscodeStub';

const { namedTabs } = loadUi('inspector/tabs/kinds', { l10n }) as typeof KindsModule;
const { Handles } = loadUi('inspector/handles') as typeof HandlesModule;

export const engineHere = { kind: 'unix', path: '/run/engine.sock' } as const;

/** What models are made of: an engine's answer, on an engine that holds nothing else. */
export function source(json: object, given: Partial<Source> = {}): Source & { handles: HandlesModule.Handles } {
  const mirror = { get: () => undefined, list: () => [] };
  const rest = { address: engineHere, users: [], mirror, notes: new Map<string, string>(), ...given };
  return { json: json as Source['json'], handles: new Handles(), ...rest };
}

/** What a tab shows that is made of the engine's answer alone. */
export function content<T extends TabName>(kind: InspectedKind, name: T, from: Source): ContentOf<T> {
  const tab = namedTabs(kind).find(candidate => candidate.name === name);
  assert(tab && !tab.stream && !tab.asks, `${kind} has no such tab ${name}`);
  return withVscodeStub(() => tab.content(from), { l10n }) as ContentOf<T>;
}

/** The tabs that are made of the engine's answer alone. */
export function derivedTabs(kind: InspectedKind): TabName[] {
  return namedTabs(kind).flatMap(tab => (tab.stream || tab.asks ? [] : tab.name));
}

/** The facts of a section by name, each value in short: its text, and its tone, link or secret. */
export function factsOf(sections: readonly Section[], title: string): Record<string, string> {
  const section = sections.find(candidate => candidate.title === title);
  const facts: readonly Fact[] = section && 'facts' in section ? section.facts : [];
  return Object.fromEntries(facts.map(({ name, values }) => [name, values.map(short).join(' | ')]));
}

/** The rows of a table, each value in short. */
export function rowsOf(sections: readonly Section[], title: string): string[][] {
  const section = sections.find(candidate => candidate.title === title);
  return section && 'rows' in section ? section.rows.map(row => row.map(short)) : [];
}

function short({ text, tone, link, secret, cut }: Value): string {
  const marks = [tone, link !== undefined && 'link', secret !== undefined && 'secret', cut !== undefined && 'cut'];
  return [text, ...marks.filter(Boolean).map(mark => `[${String(mark)}]`)].filter(Boolean).join(' ');
}

/** A container's row with the fields that matter. */
export function user(row: Partial<Container>): Container {
  const usual = { id: 'c1', name: 'web', state: 'running', networks: [], mounts: [], ports: [], labels: {} };
  return { ...usual, ...row } as Container;
}

import assert from 'node:assert/strict';
import type { Container } from '../../../../src/engine/objects/containers/row';
import type * as LedgerModule from '../../../../src/ui/inspector/ledger';
import type { Fact, InspectedKind, Section, TabContent, TabName, Value } from '../../../../src/ui/inspector/protocol';
import type * as KindsModule from '../../../../src/ui/inspector/tabs/kinds';
import type { Source } from '../../../../src/ui/inspector/tabs/source';
import { l10n, loadUi, withVscodeStub } from '../vscodeStub';

const { kinds } = loadUi('inspector/tabs/kinds', { l10n }) as typeof KindsModule;
const { Ledger } = loadUi('inspector/ledger') as typeof LedgerModule;

export const engineHere = { kind: 'unix', path: '/run/engine.sock' } as const;

/** What models are made of: an engine's answer, on an engine that holds nothing else. */
export function source(json: object, given: Partial<Source> = {}): Source & { ledger: LedgerModule.Ledger } {
  const mirror = { get: () => undefined, list: () => [] };
  const rest = { address: engineHere, users: [], mirror, notes: new Map<string, string>(), ...given };
  return { json: json as Source['json'], ledger: new Ledger(), ...rest };
}

/** Several tabs share one form. */
type ContentOf<T, C = TabContent> = C extends { tab: infer N } ? (T extends N ? C : never) : never;

/** What a tab shows that is made of the engine's answer alone. */
export function content<T extends TabName>(kind: InspectedKind, name: T, from: Source): ContentOf<T> {
  const tab = kinds[kind].tabs.find(candidate => candidate.tab === name);
  assert(tab && !tab.streamed && !tab.asks, `${kind} has no such tab ${name}`);
  return withVscodeStub(() => tab.content(from), { l10n }) as ContentOf<T>;
}

/** The tabs that are made of the engine's answer alone. */
export function derivedTabs(kind: InspectedKind): TabName[] {
  return kinds[kind].tabs.flatMap(tab => (tab.streamed || tab.asks ? [] : tab.tab));
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

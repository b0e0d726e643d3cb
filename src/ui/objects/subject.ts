import { type Kind, kindNames } from '../../engine/mirror/kinds';
import type { Port } from '../../engine/objects/containers/row';

/** What a row of a tree stands for, and so what a command works on. Ids are the mirror's. */
export type Subject =
  | { kind: Exclude<Kind, 'image'>; id: string }
  /** `reference` is the tag that was clicked; without it, the image itself is meant. */
  | { kind: 'image'; id: string; reference?: string }
  | { kind: 'project'; name: string }
  | { kind: 'engine'; id: string }
  | { kind: 'port'; containerId: string; port: Port }
  /** A row that only holds others, or says something. */
  | { kind: 'group'; name: string };

/** The kinds of subject that are rows of the mirror. */
export type ResourceSubject = Extract<Subject, { kind: Kind }>;

/** A tree's node, as VS Code passes it to a command. */
export interface HasSubject {
  readonly subject: Subject;
}

const otherKinds: readonly Exclude<Subject['kind'], Kind>[] = ['project', 'engine', 'port', 'group'];
const subjectKinds = new Set<unknown>([...kindNames, ...otherKinds]);

export function hasSubject(value: unknown): value is HasSubject {
  if (typeof value !== 'object' || value === null || !('subject' in value)) return false;
  const { subject } = value;
  return typeof subject === 'object' && subject !== null && 'kind' in subject && subjectKinds.has(subject.kind);
}

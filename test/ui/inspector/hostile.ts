import type { Head, HostMessage, TabContent, TabName, Value } from '../../../src/ui/inspector/protocol';

const tabs = [
  'overview',
  'processes',
  'environment',
  'mounts',
  'network',
  'changes',
  'layers',
  'drawing',
  'raw',
] as const satisfies readonly TabName[];

/** A head whose every field is the text. */
export function messagesWith(text: string): HostMessage[] {
  const inspected = { kind: 'container', id: text, name: text, engine: { id: text, name: text } } as const;
  const head: Head = {
    icon: text.slice(0, 200),
    name: text,
    description: valuesOf(text),
    actions: [{ id: 1, title: text.slice(0, 200), icon: text.slice(0, 200) }],
    tabs: tabs.map(tab => ({ tab, title: tab })),
    notice: text.slice(0, 2_000),
  };
  return [
    { type: 'texts', texts: {}, inspected },
    { type: 'head', head },
  ];
}

/** For each tab a content whose every field is the text. */
export function contentsWith(text: string): Readonly<Record<string, HostMessage>> {
  const facts = [{ name: text, values: valuesOf(text) }];
  const table = { title: text, columns: [text, text], rows: [valuesOf(text).slice(0, 2)], empty: text };
  const sections = [{ title: text, facts }, table];
  const contents: readonly TabContent[] = [
    { tab: 'overview', sections, health: [{ start: 0, end: 1, exitCode: 1, output: text }] },
    { tab: 'mounts', sections },
    { tab: 'network', sections },
    { tab: 'environment', variables: [{ name: text, value: { text, code: true } }] },
    {
      tab: 'processes',
      columns: ['PID', text],
      rows: [{ cells: ['1', text], process: 1 }],
      signals: [{ name: text, title: text }],
    },
    { tab: 'changes', changes: [['added', `/${text}`]] },
    {
      tab: 'layers',
      layers: [{ created: 0, bytes: 1, instruction: { text, code: true }, comment: text, tags: [text] }],
    },
    {
      tab: 'drawing',
      nodes: [
        { id: 'a', kind: 'container', name: text, link: 1, self: false },
        { id: 'b', kind: 'network', name: text, link: 2, self: true },
      ],
      edges: [{ container: 'a', network: 'b', address: text }],
    },
    { tab: 'raw', json: { [text]: text, list: [text] }, hidden: 0 },
  ];
  return Object.fromEntries(contents.map(content => [content.tab, { type: 'content', content }]));
}

function valuesOf(text: string): Value[] {
  return [{ text }, { text, code: true }, { text, link: 1 }, { text, tone: 'bad' }, { text, cut: 1 }];
}

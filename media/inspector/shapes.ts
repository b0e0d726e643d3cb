import type {
  DrawingNode,
  Fact,
  Head,
  HealthCheck,
  Inspected,
  Layer,
  PathChange,
  Process,
  Section,
  Signal,
  StatsSample,
  TabContent,
  TabName,
  Value,
} from '../../src/ui/inspector/protocol';
import {
  type Check,
  either,
  isBoolean,
  isNumber,
  isPresent,
  isRecord,
  isString,
  listOf,
  literal,
  shape,
} from '../shared/check';

/*
 * The shapes of what the host sends: a field that the protocol gains or loses does not compile before it is checked here.
 */

type ContentOf<T extends TabName> = Extract<TabContent, { tab: T }>;
type FactsSection = Extract<Section, { facts: unknown }>;
type TableSection = Extract<Section, { columns: unknown }>;
type SectionsContent = Extract<TabContent, { sections: unknown }>;
type DrawingEdge = ContentOf<'drawing'>['edges'][number];

const isValue = shape<Value>(
  { text: isString },
  {
    link: isNumber,
    secret: isNumber,
    cut: isNumber,
    tone: literal('good', 'bad', 'warning', 'quiet'),
    code: isBoolean,
  },
);

const isFact = shape<Fact>({ name: isString, values: listOf(isValue) }, {});
const isFacts = shape<FactsSection>({ title: isString, facts: listOf(isFact) }, {});
const isTable = shape<TableSection>(
  { title: isString, columns: listOf(isString), rows: listOf(listOf(isValue)), empty: isString },
  {},
);

const isHealthCheck = shape<HealthCheck>({ start: isNumber, end: isNumber, exitCode: isNumber, output: isString }, {});

const isLayer = shape<Layer>(
  { created: isNumber, bytes: isNumber, instruction: isValue, comment: isString, tags: listOf(isString) },
  {},
);

const isChangeKind = literal('added', 'changed', 'deleted');
const isPathChange: Check<PathChange> = (value): value is PathChange =>
  Array.isArray(value) && value.length === 2 && isChangeKind(value[0]) && isString(value[1]);

const isNode = shape<DrawingNode>(
  { id: isString, kind: literal('container', 'network'), name: isString, link: isNumber, self: isBoolean },
  {},
);

const contents: Partial<Record<TabName, Check<TabContent>>> = {
  ...sections('overview'),
  ...sections('mounts'),
  ...sections('network'),
  environment: shape<ContentOf<'environment'>>(
    {
      tab: literal('environment'),
      variables: listOf(shape<ContentOf<'environment'>['variables'][number]>({ name: isString, value: isValue }, {})),
    },
    {},
  ),
  processes: shape<ContentOf<'processes'>>(
    {
      tab: literal('processes'),
      columns: listOf(isString),
      rows: listOf(shape<Process>({ cells: listOf(isString) }, { process: isNumber })),
      signals: listOf(shape<Signal>({ name: isString, title: isString }, {})),
    },
    {},
  ),
  changes: shape<ContentOf<'changes'>>({ tab: literal('changes'), changes: listOf(isPathChange) }, {}),
  layers: shape<ContentOf<'layers'>>({ tab: literal('layers'), layers: listOf(isLayer) }, {}),
  drawing: shape<ContentOf<'drawing'>>(
    {
      tab: literal('drawing'),
      nodes: listOf(isNode),
      edges: listOf(shape<DrawingEdge>({ container: isString, network: isString, address: isString }, {})),
    },
    {},
  ),
  raw: shape<ContentOf<'raw'>>({ tab: literal('raw'), json: isPresent, hidden: isNumber }, {}),
};

function sections<T extends SectionsContent['tab']>(tab: T): Partial<Record<T, Check<TabContent>>> {
  const check = shape<SectionsContent>(
    { tab: literal(tab), sections: listOf(either(isFacts, isTable)) },
    { health: listOf(isHealthCheck) },
  );
  return { [tab]: check } as Partial<Record<T, Check<TabContent>>>;
}

export const isTabName = literal(
  'overview',
  'stats',
  'processes',
  'environment',
  'mounts',
  'network',
  'changes',
  'layers',
  'drawing',
  'raw',
) satisfies Check<TabName>;

export const isContent: Check<TabContent> = (value): value is TabContent =>
  isRecord(value) && isTabName(value['tab']) && contents[value['tab']]?.(value) === true;

const isKind = literal('container', 'image', 'network', 'volume');

export const isHead = shape<Head>(
  {
    kind: isKind,
    name: isString,
    description: listOf(isValue),
    actions: listOf(shape<Head['actions'][number]>({ id: isNumber, title: isString, icon: isString }, {})),
    tabs: listOf(shape<Head['tabs'][number]>({ tab: isTabName, title: isString }, {})),
  },
  { notice: isString },
);

export const isInspected = shape<Inspected>(
  {
    kind: isKind,
    id: isString,
    name: isString,
    engine: shape<Inspected['engine']>({ id: isString, name: isString }, {}),
  },
  {},
);

export const isSample = shape<StatsSample>(
  { time: isNumber },
  {
    cpuPercent: isNumber,
    memoryBytes: isNumber,
    memoryLimitBytes: isNumber,
    receivedRate: isNumber,
    sentRate: isNumber,
    readRate: isNumber,
    writtenRate: isNumber,
    processes: isNumber,
  },
);

import assert from 'node:assert/strict';
import { checked } from '../../../../src/base/check';
import { type HostMessage, inspectedKinds, isHostMessage, tabsOf } from '../../../../src/ui/inspector/protocol';
import { announcedSeed, Random } from '../../../support/random';
import { contentsWith, messagesWith } from '../../../ui/inspector/hostile';
import { contentMessages, messagesOf } from '../../../ui/inspector/messages';
import { mutated } from '../../mutation';

/** Fields that may be absent, but for the link of a node of the drawing and the number of what is revealed. */
const optional = new Set(
  [
    ['notice', 'health', 'process', 'link', 'secret', 'cut', 'tone', 'code'],
    [
      'cpuPercent',
      'memoryBytes',
      'memoryLimitBytes',
      'receivedRate',
      'sentRate',
      'readRate',
      'writtenRate',
      'processes',
    ],
  ].flat(),
);

/** One of each kind, with every field that there is. */
const messages: readonly HostMessage[] = [
  ...inspectedKinds.flatMap(kind => [
    ...messagesOf(kind),
    ...tabsOf(kind).flatMap(tab => contentMessages(kind, tab).map(shortened)),
  ]),
  ...messagesWith('x'),
  ...Object.values(contentsWith('x')),
  { type: 'unavailable', tab: 'processes', sentence: 'It does not run.' },
  { type: 'revealed', secret: 1, text: 'x' },
];

const readMessage = (data: unknown): HostMessage | undefined => checked(isHostMessage, data);

describe('Messages of the host', () => {
  it('are read as they are', () => {
    for (const message of messages) assert.equal(readMessage(message), message);
  });

  it('may have fields that nobody knows', () => {
    for (const message of messages) assert.ok(readMessage({ ...message, later: {} }));
  });

  for (const wrong of [null, { text: 1 }, NaN]) {
    it(`are dropped with ${wrong === null || typeof wrong === 'number' ? wrong : 'an object'} in the place of any part`, () => {
      for (const message of messages) {
        for (const path of pathsOf(message)) {
          assert.equal(readMessage(replaced(message, path, wrong)), undefined, `${message.type} ${path.join('.')}`);
        }
      }
    });
  }

  it('are dropped without any part that must be there, and read without one that may be', () => {
    for (const message of messages) {
      for (const path of pathsOf(message)) {
        const name = path.at(-1) ?? '';
        if (path.length === 0 || /^\d+$/.test(name)) continue;
        const isRead = readMessage(replaced(message, path, undefined)) !== undefined;
        const may = optional.has(name) && message.type !== 'revealed' && !path.includes('nodes');
        assert.equal(isRead, may, `${message.type} ${path.join('.')}`);
      }
    }
  });

  const others: readonly unknown[] = [
    undefined,
    1,
    [],
    'head',
    {},
    { type: 'toString' },
    { type: '__proto__' },
    { type: ['head'] },
    { type: 'content', content: { tab: 'stats' } },
    { type: 'content', content: { tab: 'constructor' } },
    { type: 'content', content: { tab: 'changes', changes: [['added', '/a', 'b']] } },
    { type: 'content', content: { tab: 'raw' } },
  ];
  for (const other of others) it(`are not ${JSON.stringify(other)}`, () => assert.equal(readMessage(other), undefined));

  it('are read or dropped, whatever becomes of them', () => {
    const random = new Random(announcedSeed());
    for (let round = 0; round < 2_000; round++) {
      const data = mutated(random.pick(messages), random, 0.05);
      const read = readMessage(data);
      assert.ok(read === undefined || read === data);
    }
  });
});

type Path = readonly string[];

/** A list of many alike is as good with its first three. */
function shortened(message: HostMessage): HostMessage {
  return JSON.parse(JSON.stringify(message), (_, value: unknown) =>
    Array.isArray(value) ? value.slice(0, 3) : value,
  ) as HostMessage;
}

/** Where all parts are, but those of the raw JSON, which may be anything. */
function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const isRaw = 'tab' in value && value.tab === 'raw';
  const entries = Object.entries(value).filter(([name]) => !(isRaw && name === 'json'));
  return [at, ...entries.flatMap(([name, item]) => pathsOf(item, [...at, name]))];
}

function replaced(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === name ? replaced(item, rest, by) : item));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [name]: replaced(record[name], rest, by) };
}

import assert from 'node:assert/strict';
import { markdownText } from '../../../src/base/markdown';

describe('markdownText', () => {
  const cases: Record<string, [text: string, markdown: string]> = {
    'leaves words alone': ['Up 5 minutes, grüße 🚢', 'Up 5 minutes\\, grüße 🚢'],
    'breaks links': ['[a](command:b)', '\\[a\\]\\(command\\:b\\)'],
    'breaks addresses, which are links without any markup': ['https://a.b', 'https\\:\\/\\/a\\.b'],
    'breaks entities': ['&lt;b&#62;', '\\&lt\\;b\\&\\#62\\;'],
    'breaks icons': ['$(bug)', '\\$\\(bug\\)'],
    'escapes what escapes': ['\\*', '\\\\\\*'],
  };
  for (const [name, [text, markdown]] of Object.entries(cases)) {
    it(name, () => assert.equal(markdownText(text), markdown));
  }
});

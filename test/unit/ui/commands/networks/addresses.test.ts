import assert from 'node:assert/strict';
import { isAddress, isSubnet } from '../../../../../src/ui/commands/networks/addresses';

describe('isSubnet', () => {
  const good = ['172.28.0.0/16', '10.0.0.0/8', 'fd00:1::/64', '::/0', '1.2.3.4/32'];
  const bad = ['', '172.28.0.0', '172.28.0.0/33', 'fd00::/129', '1.2.3/8', 'x/8', '1.2.3.4/', '1.2.3.4/8/8'];
  for (const text of good) it(`takes ${text}`, () => assert.ok(isSubnet(text)));
  for (const text of bad) it(`refuses ${JSON.stringify(text)}`, () => assert.ok(!isSubnet(text)));
});

describe('isAddress', () => {
  for (const text of ['172.28.0.1', 'fd00::1']) it(`takes ${text}`, () => assert.ok(isAddress(text)));
  for (const text of ['', '172.28.0', 'web']) it(`refuses ${JSON.stringify(text)}`, () => assert.ok(!isAddress(text)));
});

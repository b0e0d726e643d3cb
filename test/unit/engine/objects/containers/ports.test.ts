import assert from 'node:assert/strict';
import type { Address } from '../../../../../src/engine/endpoints/endpoint';
import { portUrl, publishedAt } from '../../../../../src/engine/objects/containers/ports';
import type { Port } from '../../../../../src/engine/objects/containers/row';

const local: Address = { kind: 'unix', path: '/var/run/docker.sock' };
const remote: Address = { kind: 'tcp', host: 'engine.example', port: 2375 };
const ssh: Address = { kind: 'ssh', host: 'build.example', user: 'ada' };
const tunnel: Address = { kind: 'tcp', host: 'localhost', port: 2375 };
const port = (ip: string | undefined, privatePort: number, publicPort?: number, protocol = 'tcp'): Port => ({
  ip,
  privatePort,
  publicPort,
  protocol,
});

describe('portUrl', () => {
  const cases: [name: string, port: Port, engine: Address, url: string | undefined][] = [
    ['all addresses of this machine', port('0.0.0.0', 80, 8080), local, 'http://localhost:8080'],
    ['all IPv6 addresses', port('::', 80, 8080), local, 'http://localhost:8080'],
    ['an engine elsewhere', port('0.0.0.0', 80, 8080), remote, 'http://engine.example:8080'],
    ['an engine by ssh', port('0.0.0.0', 80, 8080), ssh, 'http://build.example:8080'],
    ['an engine on a port of this machine', port('127.0.0.1', 80, 8080), tunnel, 'http://127.0.0.1:8080'],
    ['one address of an engine elsewhere', port('192.0.2.7', 80, 8080), ssh, 'http://192.0.2.7:8080'],
    ['no port within another machine', port('127.0.0.1', 80, 8080), remote, undefined],
    ['no IPv6 port within another machine', port('::1', 80, 8080), ssh, undefined],
    ['one address', port('127.0.0.1', 80, 8080), local, 'http://127.0.0.1:8080'],
    ['one IPv6 address', port('::1', 80, 8080), local, 'http://[::1]:8080'],
    ['a port for TLS inside', port('0.0.0.0', 443, 32768), local, 'https://localhost:32768'],
    ['a port for TLS outside', port('0.0.0.0', 80, 8443), local, 'https://localhost:8443'],
    ['no published port', port(undefined, 80), local, undefined],
    ['no TCP port', port('0.0.0.0', 53, 53, 'udp'), local, undefined],
  ];
  for (const [name, given, engine, url] of cases) {
    it(`opens ${name}`, () => {
      assert.equal(portUrl(given, engine), url);
    });
  }
});

describe('publishedAt', () => {
  it('tells other protocols too', () => {
    assert.equal(publishedAt(port('0.0.0.0', 53, 5353, 'udp'), local), 'localhost:5353');
  });
});

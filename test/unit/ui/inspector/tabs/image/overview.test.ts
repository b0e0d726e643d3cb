import assert from 'node:assert/strict';
import { content, factsOf, rowsOf, source, user } from '../../models';

describe('An image’s overview', () => {
  const json = {
    Id: 'sha256:aa',
    RepoTags: ['nginx:1', 'nginx:latest'],
    RepoDigests: ['nginx@sha256:bb'],
    Parent: '',
    Created: '2026-01-31T12:00:00Z',
    Size: 12_345_678,
    Os: 'linux',
    Architecture: 'arm64',
    Variant: 'v8',
    Author: 'Ada',
    Config: {
      Cmd: ['nginx', '-g', 'daemon off;'],
      Env: ['PATH=/bin', 'TOKEN=abc'],
      ExposedPorts: { '80/tcp': {} },
      Volumes: { '/data': {} },
      Healthcheck: { Test: ['CMD', 'true'] },
      Labels: { a: 'b' },
    },
  };

  it('tells tags, digests, size, platform and configuration', () => {
    const { sections } = content('image', 'overview', source(json));
    const facts = factsOf(sections, 'Image');
    assert.equal(facts['Tags'], 'nginx:1 | nginx:latest');
    assert.equal(facts['Digests'], 'nginx@sha256:bb');
    assert.equal(facts['Size'], '12.3MB');
    assert.equal(facts['Platform'], 'linux/arm64/v8');
    assert.equal(facts['Made from'], undefined);
    assert.deepEqual(factsOf(sections, 'Configuration'), {
      Command: `nginx -g 'daemon off;'`,
      'Exposed ports': '80/tcp',
      Volumes: '/data',
      'Health check': 'true',
    });
    assert.deepEqual(factsOf(sections, 'Environment'), { PATH: '/bin', TOKEN: '[secret]' });
    assert.deepEqual(factsOf(sections, 'Labels'), { a: 'b' });
  });

  it('tells the containers that use it, by name', () => {
    const users = [user({ name: 'web10', id: 'b' }), user({ name: 'web2', id: 'a', state: 'exited' })];
    const { sections } = content('image', 'overview', source(json, { users }));
    assert.deepEqual(rowsOf(sections, 'Containers'), [
      ['web2 [link]', 'exited [quiet]'],
      ['web10 [link]', 'running [good]'],
    ]);
  });
});

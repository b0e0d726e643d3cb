import assert from 'node:assert/strict';
import { layers } from '../../../../../../src/ui/inspector/tabs/image/layers';
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

  it('tells the layers as docker history has them', () => {
    const entry = { id: '', created: 1_000, createdBy: 'RUN x', size: 5, tags: ['a:1'], comment: 'c' };
    assert.deepEqual(layers(source({}).ledger, [entry]), {
      tab: 'layers',
      layers: [{ created: 1_000, bytes: 5, instruction: { text: 'RUN x', code: true }, comment: 'c', tags: ['a:1'] }],
    });
  });

  it('hides what looks secret in the instruction of a layer', () => {
    const { ledger } = source({});
    const createdBy = 'ENV NPM_TOKEN=t0p';
    const entry = { id: '', created: 0, createdBy, size: 0, tags: [], comment: '' };
    const content = layers(ledger, [entry]);
    assert(content.tab === 'layers');
    const [layer] = content.layers;
    assert.equal(layer?.instruction.text, 'ENV NPM_TOKEN=***');
    assert.equal(ledger.heldOf(layer.instruction.secret ?? -1), createdBy);
  });
});

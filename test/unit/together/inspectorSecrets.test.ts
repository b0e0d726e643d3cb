import assert from 'node:assert/strict';
import type { InspectedKind } from '../../../src/ui/inspector/protocol';
import { content, derivedTabs, source } from '../ui/inspector/models';

/** No answer's secret may be found in what is sent of it. */
const secret = 't0p-s3cret';

const Config = {
  Entrypoint: ['run', `--token=${secret}`],
  Cmd: ['--password', secret],
  Env: [`DB_PASSWORD=${secret}`, `DB=postgres://ada:${secret}@db/shop`],
  Healthcheck: { Test: ['CMD-SHELL', `mysqladmin ping --password=${secret}`] },
  Labels: { 'db.password': secret, note: `PASSWORD=${secret}` },
  OnBuild: [`ENV API_TOKEN=${secret}`],
  Shell: ['sh', `--secret=${secret}`],
};
const Health = {
  Log: [
    { Start: '2026-01-31T12:00:00Z', ExitCode: 1, Output: `no answer from http://ada:${secret}@db/?token=${secret}` },
  ],
};
const mountOptions = { type: 'cifs', o: `addr=10.0.0.1,username=ada,password=${secret}`, secret };

const answers: Readonly<Record<InspectedKind, object>> = {
  container: {
    Path: 'run',
    Args: ['--password', secret],
    State: { Status: 'exited', Error: `mount: addr=10.0.0.1,password=${secret}`, Health },
    Config,
    HostConfig: {
      LogConfig: { Type: 'splunk', Config: { 'splunk-token': secret, 'gelf-address': `tcp://ada:${secret}@logs` } },
      Mounts: [{ Type: 'volume', VolumeOptions: { DriverConfig: { Name: 'local', Options: mountOptions } } }],
      Tmpfs: { '/run': `password=${secret}` },
    },
    NetworkSettings: { Networks: { shop: { DriverOpts: { token: secret } } } },
  },
  image: { Config, ContainerConfig: Config, Comment: `https://ada:${secret}@git/shop` },
  network: { Options: { 'auth.key': secret, token: secret }, Labels: Config.Labels, IPAM: { Options: { secret } } },
  volume: { Name: 'nas', Options: mountOptions, Status: { token: secret }, Labels: Config.Labels },
};

describe('What looks secret', () => {
  for (const [kind, json] of Object.entries(answers) as [InspectedKind, object][]) {
    for (const tab of derivedTabs(kind)) {
      it(`is not sent to the page with the tab ${tab} of a ${kind}`, () => {
        assert.doesNotMatch(JSON.stringify(content(kind, tab, source(json))), new RegExp(secret));
      });
    }
  }

  it('is not sent of a long text either', () => {
    const pieces = [`PASSWORD=${secret} `, `${'x'.repeat(480)} --token ${secret} `, `PASSWORD="${'x'.repeat(9_000)}" `];
    for (const piece of pieces) {
      const value = `${piece}${'x'.repeat(10_000)} ${secret}`;
      const from = source({ Config: { Labels: { note: value, 'db.password': value } } });
      const sent = JSON.stringify(content('container', 'overview', from).sections);
      assert.doesNotMatch(sent, new RegExp(secret));
      assert(sent.length < 5_000);
    }
  });

  it('is given when it is asked for, with what stands around it', () => {
    const from = source(answers.container);
    const { sections } = content('container', 'overview', from);
    const facts = sections.flatMap(section => ('facts' in section ? section.facts : []));
    const values = Object.fromEntries(facts.map(({ name, values: [value] }) => [name, value]));
    for (const [name, shown, whole] of [
      ['Entry point', `run '--token=***'`, `run --token=${secret}`],
      ['Command', `--password '***'`, `--password ${secret}`],
      ['note', 'PASSWORD=***', `PASSWORD=${secret}`],
      ['db.password', '', secret],
    ] as const) {
      assert.equal(values[name]?.text, shown);
      assert.equal(from.handles.heldOf(values[name].secret ?? -1), whole);
    }
  });
});

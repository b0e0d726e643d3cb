import assert from 'node:assert/strict';
import { content, source } from '../models';

describe('The raw answer of the engine', () => {
  it('is shown whole, but for what looks secret in variables, labels and options', () => {
    const config = {
      Cmd: ['run'],
      Env: ['PATH=/bin', 'API_TOKEN=t0p', 'EMPTY'],
      Labels: { team: 'a', 'db.password': 't0p' },
    };
    const json = { Id: 'c1', Config: config, ContainerConfig: { Env: ['DB_PASSWORD=t0p'] }, State: { Running: true } };
    const shown = content('container', 'raw', source(json));
    assert.equal(shown.hidden, 3);
    assert.deepEqual(shown.json, {
      Id: 'c1',
      Config: {
        Cmd: ['run'],
        Env: ['PATH=/bin', 'API_TOKEN=***', 'EMPTY'],
        Labels: { team: 'a', 'db.password': '***' },
      },
      ContainerConfig: { Env: ['DB_PASSWORD=***'] },
      State: { Running: true },
    });
    const volume = { Name: 'v', Labels: null, Options: { type: 'cifs', password: 't0p' } };
    assert.deepEqual(content('volume', 'raw', source(volume)).json, {
      ...volume,
      Options: { type: 'cifs', password: '***' },
    });
  });

  it('hides what looks secret wherever else it stands', () => {
    const o = 'addr=10.0.0.1,password=t0p';
    const json = {
      Path: 'run',
      Args: ['--password', 't0p', '--port', '80'],
      Config: {
        Entrypoint: ['run', '--token=t0p'],
        Healthcheck: { Test: ['CMD-SHELL', 'curl -u ada:t0p http://web'], Retries: 3 },
      },
      HostConfig: {
        LogConfig: { Type: 'splunk', Config: { 'splunk-token': 't0p', 'splunk-url': 'https://ada:t0p@logs' } },
        Mounts: [{ Type: 'volume', VolumeOptions: { DriverConfig: { Options: { type: 'cifs', o } } } }],
        Tmpfs: null,
      },
    };
    const { json: shown, hidden } = content('container', 'raw', source(json));
    assert.equal(hidden, 6);
    assert.deepEqual(shown, {
      Path: 'run',
      Args: ['--password', '***', '--port', '80'],
      Config: {
        Entrypoint: ['run', '--token=***'],
        Healthcheck: { Test: ['CMD-SHELL', 'curl -u *** http://web'], Retries: 3 },
      },
      HostConfig: {
        LogConfig: { Type: 'splunk', Config: { 'splunk-token': '***', 'splunk-url': 'https://***@logs' } },
        Mounts: [
          {
            Type: 'volume',
            VolumeOptions: { DriverConfig: { Options: { type: 'cifs', o: 'addr=10.0.0.1,password=***' } } },
          },
        ],
        Tmpfs: null,
      },
    });
  });

  it('is left as it is where it has none of them', () => {
    for (const json of [{}, { Id: 'x', Config: null, Labels: {} }, { Config: { Env: null } }]) {
      assert.deepEqual(content('image', 'raw', source(json)), { tab: 'raw', json, hidden: 0 });
    }
  });
});

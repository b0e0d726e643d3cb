import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withPerson } from './person';
import {
  api,
  call,
  containerIn,
  emptyEngine,
  inspect,
  listed,
  node,
  quayside,
  refusal,
  showing,
  unlisted,
  until,
} from './setup';

interface Inspected {
  Id: string;
  Driver: string;
  Internal: boolean;
  Labels: Record<string, string>;
  IPAM: { Config: { Subnet: string; Gateway?: string }[] };
}

const networkNode = (id: string): { subject: { kind: 'network'; id: string } } =>
  node({ kind: 'network', id }) as { subject: { kind: 'network'; id: string } };

const inspected = (id: string): Promise<Inspected | undefined> => inspect<Inspected>(`/networks/${id}`);

async function newNetwork(name: string): Promise<string> {
  const { Id } = (await api('POST', '/networks/create', { Name: name })) as { Id: string };
  await listed('network', Id);
  return Id;
}

describe('Commands on networks', () => {
  beforeEach(async () => {
    await emptyEngine();
    const rows = await quayside();
    await until('only the engine’s own are left', () => rows.list('network').every(({ predefined }) => predefined));
  });
  after(emptyEngine);

  describe('quayside.network.create', () => {
    const create = 'quayside.network.create';

    it('creates what a program describes, and returns its id', async () => {
      const options = { driver: 'bridge', subnet: '10.123.0.0/24', gateway: '10.123.0.9', internal: true };
      const id = await call(create, 'described', options);
      const network = await inspected('described');
      assert(network);
      assert.equal(network.Id, id);
      assert.deepEqual([network.Driver, network.Internal], ['bridge', true]);
      assert.deepEqual(network.IPAM.Config, [{ Subnet: '10.123.0.0/24', Gateway: '10.123.0.9' }]);
      const plain = await call(create, 'plain');
      assert.equal((await inspected('plain'))?.Id, plain);
    });

    it('labels it as a program says', async () => {
      await call(create, 'labelled', { labels: { env: 'dev', __proto__: 'no' } });
      assert.deepEqual((await inspected('labelled'))?.Labels, { env: 'dev' });
    });

    it('asks a person for all of it', async () => {
      await newNetwork('taken');
      const answers = {
        inputs: ['asked', '10.124.0.0/24', '10.124.0.5', 'env=dev, team=web'],
        picks: ['bridge', 'No, the network is internal'],
      };
      const shown = await withPerson(answers, () => call(create));
      assert.deepEqual(shown.errors, []);
      const network = await inspected('asked');
      assert.deepEqual(
        [network?.Internal, network?.IPAM.Config[0]],
        [true, { Subnet: '10.124.0.0/24', Gateway: '10.124.0.5' }],
      );
      assert.deepEqual(network?.Labels, { env: 'dev', team: 'web' });
      const [name, subnet, gateway, labels] = shown.inputs;
      assert.equal(name?.validate('taken'), 'A network named “taken” exists');
      assert.equal(name.validate('  '), 'A network needs a name');
      assert.equal(subnet?.validate('10.0.0.0'), 'A subnet is written 172.28.0.0/16 or fd00:1::/64');
      assert.equal(subnet.validate(''), undefined);
      assert.equal(gateway?.validate('here'), 'A gateway is written 172.28.0.1 or fd00:1::1');
      assert.equal(labels?.validate('=x'), 'Labels are written env=dev, team=web');
      assert.equal(labels.validate(''), undefined);
      const drivers = shown.picks[0]?.items.map(({ label }) => label) ?? [];
      assert.equal(drivers[0], 'bridge');
      assert(!drivers.includes('host') && !drivers.includes('null'));
    });

    it('creates nothing when any question is left', async () => {
      const answered = { inputs: ['left', ''], picks: ['bridge', 'Yes'] };
      const leaving = [{}, { inputs: ['left'] }, { ...answered, inputs: ['left'] }, { ...answered, picks: ['bridge'] }];
      for (const answers of [...leaving, answered]) {
        const shown = await withPerson(answers, () => call(create));
        assert.deepEqual(shown.errors, []);
      }
      assert.equal(await inspected('left'), undefined);
    });

    const refused: [name: string, options: object, cause: string][] = [
      ['bridge', {}, 'a network named “bridge” exists'],
      ['bad', { subnet: '10.0.0.0/99' }, 'a subnet is written 172.28.0.0/16 or fd00:1::/64'],
      ['bad', { gateway: '10.0.0.1' }, 'a gateway needs a subnet'],
      ['bad', { subnet: '10.0.0.0/24', gateway: 'x' }, 'a gateway is written 172.28.0.1 or fd00:1::1'],
    ];
    for (const [name, options, cause] of refused) {
      it(`refuses ${name} with ${JSON.stringify(options)}`, async () => {
        assert.equal(await refusal(call(create, name, options)), `Could not create the network “${name}”: ${cause}`);
        assert.equal((await inspected('bad'))?.Id, undefined);
      });
    }

    it('tells in the engine’s words what only the engine knows', async () => {
      await call(create, 'first', { subnet: '10.125.0.0/24' });
      assert.match(
        await refusal(call(create, 'overlapping', { subnet: '10.125.0.0/24' })),
        /^Could not create the network “overlapping”: Pool overlaps with other one on this address space$/,
      );
    });
  });

  describe('quayside.network.remove', () => {
    const remove = 'quayside.network.remove';

    it('removes by id, name, beginning of an id, list, and clicked rows', async () => {
      const names = ['by-id', 'by-name', 'by-beginning', 'listed-1', 'listed-2', 'clicked', 'selected'];
      const ids = await Promise.all(names.map(newNetwork));
      const [byId, , beginning = '', , , clicked = '', selected = ''] = ids;
      const options = { ask: false };
      await call(remove, byId, options);
      await call(remove, 'by-name', options);
      await call(remove, beginning.slice(0, 12), options);
      await call(remove, ['listed-1', 'listed-2'], options);
      const nodes = [clicked, selected].map(networkNode);
      const shown = await withPerson({ buttons: ['Remove'] }, () => call(remove, nodes[0], nodes));
      assert.deepEqual(shown.questions, [
        {
          message: 'Remove 2 networks?',
          detail: '• clicked\n• selected\n\nNo container uses them.',
          buttons: ['Remove'],
        },
      ]);
      assert.deepEqual(
        await Promise.all(ids.map(inspected)),
        ids.map(() => undefined),
      );
    });

    it('asks, names what goes and who needs it, and leaves it when the answer is no', async () => {
      const id = await newNetwork('backend');
      const stopped = await containerIn('exited', { name: 'stopped', host: { NetworkMode: 'backend' } });
      await showing(stopped, 'exited');
      const shown = await withPerson({}, () => call(remove, networkNode(id)));
      assert.deepEqual(shown.questions, [
        {
          message: 'Remove network “backend”?',
          detail: 'Stopped containers that belong to it will not start without it: “stopped”.',
          buttons: ['Remove'],
        },
      ]);
      assert.deepEqual(shown.errors, []);
      assert.equal((await inspected(id))?.Id, id);
    });

    it('refuses what is in use or the engine’s own, for programs and people', async () => {
      const id = await newNetwork('used');
      await containerIn('running', { name: 'user', host: { NetworkMode: 'used' } });
      const inUse = 'Could not remove “used”: container “user” uses it; stop or disconnect first';
      assert.equal(await refusal(call(remove, 'used', { ask: false })), inUse);
      assert.deepEqual((await withPerson({}, () => call(remove, networkNode(id)))).errors, [inUse]);
      const own = 'Could not remove “bridge”: it is one of the engine’s own networks, which cannot be removed';
      assert.equal(await refusal(call(remove, 'bridge', { ask: false })), own);
      assert.equal((await inspected(id))?.Id, id);
    });

    it('says what is not there', async () => {
      assert.equal(await refusal(call(remove, 'nowhere', { ask: false })), 'There is no network “nowhere”');
      const id = await newNetwork('gone');
      await api('DELETE', `/networks/${id}`);
      await unlisted('network', id);
      const shown = await withPerson({ buttons: ['Remove'] }, () => call(remove, networkNode(id)));
      assert.deepEqual(shown.errors, [`There is no network “${id.slice(0, 12)}”`]);
    });

    it('offers what can be removed', async () => {
      await newNetwork('free');
      const shown = await withPerson({}, () => call(remove));
      assert.equal(shown.picks[0]?.title, 'Remove which networks?');
      assert.deepEqual(
        shown.picks[0].items.map(({ label }) => label),
        ['free'],
      );
      await call(remove, 'free', { ask: false });
      const rows = await quayside();
      await until('it is gone', () => rows.list('network').every(({ predefined }) => predefined));
      const none = await withPerson({}, () => call(remove));
      assert.deepEqual(none.errors, ['There is no network that could be removed']);
    });
  });

  it('prunes what no running container uses, once asked', async () => {
    const free = await newNetwork('free');
    const used = await newNetwork('used');
    await containerIn('running', { host: { NetworkMode: 'used' } });
    const no = await withPerson({}, () => call('quayside.network.prune'));
    assert.deepEqual(no.questions, [
      { message: 'Remove 1 network that no running container uses?', detail: '• free', buttons: ['Remove'] },
    ]);
    assert.equal((await inspected(free))?.Id, free);
    const yes = await withPerson({ buttons: ['Remove'] }, () => call('quayside.network.prune'));
    assert.deepEqual(yes.notices, ['Removed 1 network']);
    assert.equal(await inspected(free), undefined);
    assert.equal((await inspected(used))?.Id, used);
    await unlisted('network', free);
    const none = await withPerson({}, () => call('quayside.network.prune'));
    assert.deepEqual(none.errors, ['There is no unused network to remove']);
  });

  it('copies names and ids, and inspects', async () => {
    const id = await newNetwork('shown');
    assert.equal(await call('quayside.network.copyName', id), 'shown');
    assert.equal(await vscode.env.clipboard.readText(), 'shown');
    assert.equal(await call('quayside.network.copyId', 'shown'), id);
    assert.equal(await vscode.env.clipboard.readText(), id);
    await call('quayside.network.inspect', 'shown');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.deepEqual(JSON.parse(text), await api('GET', `/networks/${id}`));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

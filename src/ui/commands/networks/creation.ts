import * as vscode from 'vscode';
import { text, textMap } from '../../../base/read';
import * as operations from '../../../engine/objects/networks';
import { forTarget } from '../../actions/forEach';
import { lookUpAmong, made } from '../../actions/lostAnswer';
import { askText, choose } from '../../actions/pick';
import { Failure } from '../../failure';
import { networks } from '../../objects/networks';
import type { CommandContext, Handler } from '../../run';
import { connected } from '../../session/connected';
import type { Session } from '../../session/session';
import { quoted } from '../../text';
import { driversOf } from '../drivers';
import { askLabels } from '../labels';
import { isAddress, isSubnet } from './addresses';
import * as phrases from './phrases';

/**
 * Creates a network and returns its id. A program gives the name, and `driver`, `subnet`, `gateway`, `internal` and
 * `labels` (an object) as options; a person is asked for each.
 */
export const create: Handler = async context => {
  const session = context.session.current;
  await connected(session);
  const options = context.call.names.length > 0 ? given(context) : await ask(session);
  const cause = unusable(options.name, session) ?? unusableAddresses(options);
  if (cause !== undefined) throw new Failure(phrases.create.failed(quoted(options.name), cause));
  return forTarget(
    phrases.create,
    options.name,
    signal => operations.create(session.engine, { ...options, signal }),
    lookUpAmong(session, networks, all => made(all, options.name)),
  );
};

function given({ call: { names, options } }: CommandContext): operations.CreateNetworkOptions {
  return {
    name: names[0] ?? '',
    driver: text(options['driver']) || undefined,
    subnet: text(options['subnet']) || undefined,
    gateway: text(options['gateway']) || undefined,
    internal: options['internal'] === true,
    labels: textMap(options['labels']),
  };
}

async function ask(session: Session): Promise<operations.CreateNetworkOptions> {
  const invalid = (name: string): string | undefined => unusable(name, session);
  const name = await askText({ title: vscode.l10n.t('Name of the new network'), invalid });
  const driver = await askDriver(session, name);
  const subnet = await askText({
    title: vscode.l10n.t('Subnet of {0}', quoted(name)),
    prompt: vscode.l10n.t('Leave it empty for one of the engine’s choice'),
    placeHolder: '172.28.0.0/16',
    invalid: subnetCause,
  });
  const gateway = subnet ? await askGateway(subnet) : '';
  const internal = await askInternal();
  const labels = await askLabels(name);
  return { name, driver, subnet: subnet || undefined, gateway: gateway || undefined, internal, labels };
}

async function askDriver({ engine }: Session, name: string): Promise<string> {
  const all = await driversOf(engine, 'Network', { name, creation: phrases.create });
  const drivers = all.filter(driver => !unmakable.has(driver));
  const names = drivers.length > 0 ? drivers : ['bridge'];
  return choose(
    vscode.l10n.t('Driver of the network'),
    names.sort((a, b) => Number(b === 'bridge') - Number(a === 'bridge')).map(value => ({ label: value, value })),
  );
}

/** The engine has one network of each, and makes no more. */
const unmakable = new Set(['host', 'null']);

function askGateway(subnet: string): Promise<string> {
  return askText({
    title: vscode.l10n.t('Gateway within {0}', subnet),
    prompt: vscode.l10n.t('Leave it empty for the first address'),
    invalid: gatewayCause,
  });
}

function askInternal(): Promise<boolean> {
  return choose(vscode.l10n.t('May its containers reach the outside?'), [
    { label: vscode.l10n.t('Yes'), value: false },
    { label: vscode.l10n.t('No, the network is internal'), value: true },
  ]);
}

function unusable(name: string, { mirror }: Session): string | undefined {
  if (name.length === 0) return vscode.l10n.t('a network needs a name');
  const taken = mirror.list('network').some(row => row.name === name);
  return taken ? vscode.l10n.t('a network named {0} exists', quoted(name)) : undefined;
}

function unusableAddresses({ subnet = '', gateway = '' }: operations.CreateNetworkOptions): string | undefined {
  if (gateway && !subnet) return vscode.l10n.t('a gateway needs a subnet');
  return subnetCause(subnet) ?? gatewayCause(gateway);
}

function subnetCause(subnet: string): string | undefined {
  return subnet === '' || isSubnet(subnet)
    ? undefined
    : vscode.l10n.t('a subnet is written 172.28.0.0/16 or fd00:1::/64');
}

function gatewayCause(gateway: string): string | undefined {
  return gateway === '' || isAddress(gateway)
    ? undefined
    : vscode.l10n.t('a gateway is written 172.28.0.1 or fd00:1::1');
}

import * as vscode from 'vscode';
import type { Address } from '../../../engine/endpoints/endpoint';
import { isOutOfReach, isWebPort, portUrl, publishedAt } from '../../../engine/objects/containers/ports';
import type { Port } from '../../../engine/objects/containers/row';
import type { Action } from '../../actions/action';
import { type Choice, choose } from '../../actions/pick';
import { targetOf } from '../../actions/targets';
import { Failure } from '../../failure';
import { containers, type ContainerTarget } from '../../objects/containers';
import type { Handler } from '../../run';
import { plain, quoted } from '../../text';
import { copyText } from '../copying';
import * as phrases from '../phrases';
import * as containerPhrases from './phrases';

const opening: Action<ContainerTarget> = {
  kind: {
    ...containers,
    of: (subject, targets) =>
      subject.kind === 'port'
        ? targets.filter(({ id }) => id === subject.containerId)
        : containers.of(subject, targets),
  },
  phrases: containerPhrases.open,
  unfit: ({ row }) =>
    row.ports.some(isWebPort) ? undefined : vscode.l10n.t('it publishes no TCP port while it is in this state'),
};

const copying: Action<ContainerTarget> = {
  kind: containers,
  phrases: phrases.copy,
  unfit: ({ row }) =>
    row.networks.some(({ address, address6 }) => address || address6) || row.ports.some(port => port.publicPort)
      ? undefined
      : vscode.l10n.t('it has no address while it is in this state'),
};

/** Opens the clicked published TCP port, else the only one or one that the person picks. Returns its address. */
export const openInBrowser: Handler = async context => {
  const target = await targetOf(context, opening);
  const [subject] = context.call.subjects;
  const clicked = subject?.kind === 'port' ? subject.port : undefined;
  const { address } = context.session.current.engine.endpoint;
  const ports = target.row.ports.filter(port => !clicked || samePort(port, clicked));
  const urls = unique(ports.map(port => portUrl(port, address)));
  if (urls.length === 0)
    throw new Failure(containerPhrases.open.failed(quoted(target.name), unopenable(ports, address)));
  const url = await chooseText(vscode.l10n.t('Open which address?'), urls.map(asChoice));
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
  return url;
};

function unopenable(ports: readonly Port[], engine: Address): string {
  return ports.some(port => isWebPort(port) && isOutOfReach(port, engine))
    ? vscode.l10n.t('its port is published only within the engine’s own machine')
    : vscode.l10n.t('this port is no published TCP port');
}

/** Copies the address of a published port, or the container's own in a network. Asks when there are several. */
export const copyAddress: Handler = async context => {
  const target = await targetOf(context, copying);
  const choices = addressChoices(target, context.session.current.engine.endpoint.address);
  return copyText(await chooseText(vscode.l10n.t('Copy which address?'), choices));
};

function addressChoices({ row }: ContainerTarget, engine: Address): Choice<string>[] {
  const published = unique(row.ports.map(port => publishedAt(port, engine))).map(asChoice);
  const own = row.networks.flatMap(({ network, address, address6 }) =>
    [address, address6].filter(Boolean).map(value => ({ label: value, description: plain(network), value })),
  );
  return [...published, ...own];
}

/** Asks only when there are several. */
function chooseText(title: string, choices: readonly Choice<string>[]): Promise<string> {
  const [first, second] = choices;
  return first && !second ? Promise.resolve(first.value) : choose(title, choices);
}

function asChoice(value: string): Choice<string> {
  return { label: value, value };
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.flatMap(value => value ?? []))];
}

function samePort(a: Port, b: Port): boolean {
  return a.privatePort === b.privatePort && a.protocol === b.protocol && a.publicPort === b.publicPort && a.ip === b.ip;
}

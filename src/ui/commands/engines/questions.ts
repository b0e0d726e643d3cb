import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  addedEndpoint,
  type AddedEndpoint,
  type Address,
  parseEndpoint,
  type TlsFiles,
} from '../../../engine/endpoints/endpoint';
import { askText, choose } from '../../actions/pick';
import { causeOf } from '../../text';

type Kind = 'socket' | 'pipe' | 'tcp' | 'tls' | 'ssh';

interface KindText {
  label: string;
  detail: string;
  placeHolder: string;
  address: Address['kind'];
}

/** Asks for an engine's kind, address, certificates and name. `before` is the engine that is to be changed. */
export async function askEndpoint(taken: readonly string[], before?: AddedEndpoint): Promise<AddedEndpoint> {
  const kind = await askKind(before);
  const url = await askAddress(kind, before);
  const tls = kind === 'tls' ? await askTls(before?.tls) : undefined;
  const reached = { url, ...(tls && { tls }) };
  const { name } = parseEndpoint(url, 'added', tls);
  return { name: await askName(before?.name ?? name, taken, reached), ...reached };
}

function kinds(): Record<Kind, KindText> {
  return {
    socket: {
      label: vscode.l10n.t('Socket'),
      detail: vscode.l10n.t('A file on this machine, e.g. of rootless Docker, Colima or Podman'),
      placeHolder: '/var/run/docker.sock',
      address: 'unix',
    },
    pipe: {
      label: vscode.l10n.t('Named Pipe'),
      detail: vscode.l10n.t('A pipe on this Windows machine'),
      placeHolder: 'npipe:////./pipe/docker_engine',
      address: 'npipe',
    },
    ssh: {
      label: vscode.l10n.t('SSH'),
      detail: vscode.l10n.t('Another machine, by an ssh login; what your ssh configuration says of it applies'),
      placeHolder: 'ada@build.example.org',
      address: 'ssh',
    },
    tls: {
      label: vscode.l10n.t('TCP with TLS'),
      detail: vscode.l10n.t('Another machine, encrypted, with certificates'),
      placeHolder: 'build.example.org:2376',
      address: 'tcp',
    },
    tcp: {
      label: vscode.l10n.t('TCP without Encryption'),
      detail: vscode.l10n.t('Whoever can reach the port, or read the traffic, controls the engine and its machine'),
      placeHolder: '127.0.0.1:2375',
      address: 'tcp',
    },
  };
}

function askKind(before: AddedEndpoint | undefined): Promise<Kind> {
  const offered = Object.entries(kinds()) as [Kind, KindText][];
  const choices = offered
    .filter(([kind]) => kind !== (process.platform === 'win32' ? 'socket' : 'pipe'))
    .map(([value, { label, detail }]) => ({
      label,
      detail,
      value,
      ...(before && kindOf(before) === value && { description: vscode.l10n.t('current') }),
    }));
  return choose(vscode.l10n.t('How is the engine reached?'), choices);
}

function kindOf({ url, tls }: AddedEndpoint): Kind {
  const [, scheme = 'tcp'] = /^(?:\/|([a-z]+):\/\/)/.exec(url) ?? [];
  if (url.startsWith('/') || scheme === 'unix') return 'socket';
  if (scheme === 'npipe') return 'pipe';
  if (scheme === 'ssh') return 'ssh';
  return tls || scheme === 'https' ? 'tls' : 'tcp';
}

async function askAddress(kind: Kind, before: AddedEndpoint | undefined): Promise<string> {
  const { placeHolder } = kinds()[kind];
  const address = await askText({
    title: vscode.l10n.t('Address of the engine'),
    placeHolder,
    ...(before && kindOf(before) === kind && { value: before.url }),
    invalid: typed => unreadable(kind, typed),
  });
  return parseEndpoint(withScheme(kind, address), 'added').url;
}

/** People type an ssh login as for ssh itself. The other addresses can be read without a scheme. */
function withScheme(kind: Kind, address: string): string {
  return kind === 'ssh' && !address.includes('://') ? `ssh://${address}` : address;
}

function unreadable(kind: Kind, typed: string): string | undefined {
  try {
    const { address } = parseEndpoint(withScheme(kind, typed), 'added');
    const { address: wanted, placeHolder } = kinds()[kind];
    return address.kind === wanted ? undefined : vscode.l10n.t('this kind of address is written as {0}', placeHolder);
  } catch (error) {
    return causeOf(error);
  }
}

type Files = Omit<TlsFiles, 'skipVerify'>;

async function askTls(before: TlsFiles | undefined): Promise<TlsFiles> {
  const how = await choose(vscode.l10n.t('Which certificates?'), [
    {
      label: vscode.l10n.t('A Folder…'),
      detail: vscode.l10n.t('with ca.pem, cert.pem and key.pem, as docker keeps them'),
      value: 'folder',
    },
    { label: vscode.l10n.t('Separate Files…'), detail: vscode.l10n.t('authority, certificate, key'), value: 'files' },
    {
      label: vscode.l10n.t('None'),
      detail: vscode.l10n.t('The system knows the engine’s authority, and the engine asks for no certificate'),
      value: 'none',
    },
  ] as const);
  const skipVerify = before?.skipVerify ?? false; // It can only be set by hand in the settings.
  if (how === 'none') return { skipVerify };
  return { ...(await (how === 'folder' ? askFolder() : askFiles(before))), skipVerify };
}

async function askFolder(): Promise<Files> {
  const parts = ['ca', 'cert', 'key'] as const;
  const fileOf = (folder: string, part: string): string => join(expanded(folder), `${part}.pem`);
  const folder = await askText({
    title: vscode.l10n.t('Folder with ca.pem, cert.pem and key.pem'),
    value: join(homedir(), '.docker'),
    invalid: typed =>
      parts.some(part => existsSync(fileOf(typed, part))) ? undefined : vscode.l10n.t('there are no such files in it'),
  });
  const found = parts.filter(part => existsSync(fileOf(folder, part)));
  return Object.fromEntries(found.map(part => [part, fileOf(folder, part)]));
}

async function askFiles(before: Files | undefined): Promise<Files> {
  const titles = {
    ca: vscode.l10n.t('File of the authority’s certificate (empty: those that the system trusts)'),
    cert: vscode.l10n.t('File of your certificate (empty: none)'),
    key: vscode.l10n.t('File of your certificate’s key (empty: none)'),
  };
  const files: Files = {};
  for (const part of ['ca', 'cert', 'key'] as const) {
    const value = before?.[part];
    const path = await askText({
      title: titles[part],
      ...(value !== undefined && { value }),
      invalid: typed =>
        !typed || existsSync(expanded(typed)) ? undefined : vscode.l10n.t('there is no such file on this machine'),
    });
    if (path) files[part] = expanded(path);
  }
  return files;
}

function expanded(path: string): string {
  return path.replace(/^~(?=[\\/]|$)/, homedir());
}

function askName(proposed: string, taken: readonly string[], reached: Omit<AddedEndpoint, 'name'>): Promise<string> {
  return askText({
    title: vscode.l10n.t('Name of the engine'),
    prompt: vscode.l10n.t('What the Engines view and the status bar call it'),
    value: proposed,
    invalid: typed => {
      if (!typed) return vscode.l10n.t('a name is needed');
      return taken.includes(typed) ? vscode.l10n.t('another engine has this name') : unfit({ name: typed, ...reached });
    },
  });
}

function unfit(added: AddedEndpoint): string | undefined {
  try {
    addedEndpoint(added);
    return undefined;
  } catch (error) {
    return causeOf(error);
  }
}

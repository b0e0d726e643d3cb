import * as vscode from 'vscode';
import { humanSize } from '../../../../base/format';
import { number, record, text, textMap, texts } from '../../../../base/read';
import { imageId } from '../../../../engine/objects/images/reference';
import type { ContentOf, Value } from '../../protocol';
import type { Source } from '../source';
import type { ReadableTab } from '../tab';
import { usersSection } from '../users';
import {
  checkValue,
  code,
  commandValue,
  fact,
  facts,
  longText,
  mapSection,
  type MaybeFact,
  objectLink,
  timeText,
  variables,
  variableValue,
} from '../values';

export const overview: ReadableTab<'overview'> = { title: () => vscode.l10n.t('Overview'), content: overviewOf };

function overviewOf(source: Source): ContentOf<'overview'> {
  const { handles } = source;
  const config = record(source.json['Config']);
  return {
    tab: 'overview',
    sections: [
      ...facts(vscode.l10n.t('Image'), identityFacts(source)),
      ...facts(vscode.l10n.t('Configuration'), configFacts(source)),
      ...facts(
        vscode.l10n.t('Environment'),
        variables(config).map(({ name, value }, index) => ({
          name,
          values: [variableValue(handles, `env.${index}.${name}`, name, value)],
        })),
      ),
      usersSection(source, vscode.l10n.t('No container uses this image')),
      ...mapSection(handles, vscode.l10n.t('Labels'), textMap(config['Labels']), 'label'),
    ],
  };
}

function identityFacts({ json, handles, mirror }: Source): MaybeFact[] {
  const parent = imageId(text(json['Parent']));
  const size = number(json['Size']);
  const codes = (name: string): Value[] => texts(json[name]).map(code);
  return [
    fact(vscode.l10n.t('Tags'), ...codes('RepoTags')),
    fact(vscode.l10n.t('Digests'), ...codes('RepoDigests')),
    fact(vscode.l10n.t('ID'), code(text(json['Id']))),
    fact(vscode.l10n.t('Size'), size === undefined ? '' : humanSize(size)),
    fact(vscode.l10n.t('Platform'), platformText(json)),
    fact(vscode.l10n.t('Created'), timeText(json['Created'])),
    fact(vscode.l10n.t('Author'), longText(handles, 'author', text(json['Author']))),
    fact(vscode.l10n.t('Comment'), longText(handles, 'comment', text(json['Comment']))),
    fact(
      vscode.l10n.t('Made from'),
      mirror.get('image', parent) ? objectLink(handles, 'image', parent, parent) : code(parent),
    ),
    fact(vscode.l10n.t('Docker version'), text(json['DockerVersion'])),
    fact(vscode.l10n.t('Last tagged'), timeText(record(json['Metadata'])['LastTagTime'])),
  ];
}

/** As `docker pull --platform` takes it. */
function platformText(json: Source['json']): string {
  return [json['Os'], json['Architecture'], json['Variant']].map(text).filter(Boolean).join('/');
}

function configFacts({ json, handles }: Source): MaybeFact[] {
  const config = record(json['Config']);
  const long = (place: string, value: string): Value => longText(handles, place, value, { code: true });
  const keys = (name: string): Value[] =>
    Object.keys(record(config[name]))
      .sort()
      .map(key => long(`${name}.${key}`, key));
  return [
    fact(vscode.l10n.t('Entry point'), commandValue(handles, 'entrypoint', config['Entrypoint'])),
    fact(vscode.l10n.t('Command'), commandValue(handles, 'command', config['Cmd'])),
    fact(vscode.l10n.t('Shell'), commandValue(handles, 'shell', config['Shell'])),
    fact(vscode.l10n.t('Working directory'), long('workdir', text(config['WorkingDir']))),
    fact(vscode.l10n.t('User'), long('user', text(config['User']))),
    fact(vscode.l10n.t('Exposed ports'), ...keys('ExposedPorts')),
    fact(vscode.l10n.t('Volumes'), ...keys('Volumes')),
    fact(vscode.l10n.t('Stop signal'), code(text(config['StopSignal']))),
    fact(vscode.l10n.t('Health check'), checkValue(handles, record(config['Healthcheck'])['Test'])),
    fact(
      vscode.l10n.t('For images made from it'),
      ...texts(config['OnBuild']).map((line, i) => long(`onbuild.${i}`, line)),
    ),
  ];
}

import * as vscode from 'vscode';
import { record } from '../../../../base/read';
import type { ReadableTab } from '../tab';
import { variables, variableValue } from '../values';

/** The variables that the container was made with, in its order. */
export const environment: ReadableTab<'environment'> = {
  title: () => vscode.l10n.t('Environment'),
  content: ({ json, handles }) => ({
    tab: 'environment',
    variables: variables(record(json['Config'])).map(({ name, value }, index) => ({
      name,
      value: variableValue(handles, `env.${index}.${name}`, name, value),
    })),
  }),
};

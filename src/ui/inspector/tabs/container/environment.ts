import { record } from '../../../../base/read';
import type { TabContent } from '../../protocol';
import type { Source } from '../source';
import { variables, variableValue } from '../values';

/** The variables that the container was made with, in its order. */
export function environment({ json, ledger }: Source): TabContent {
  return {
    tab: 'environment',
    variables: variables(record(json['Config'])).map(({ name, value }, index) => ({
      name,
      value: variableValue(ledger, `env.${index}.${name}`, name, value),
    })),
  };
}

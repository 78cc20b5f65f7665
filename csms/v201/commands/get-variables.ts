import { recordRead } from '../../configuration/read.js';
import { isSecret } from '../../configuration/secrets.js';
import { variableKeyOf } from '../../configuration/variable-key.js';
import type { Effect } from '../../ocpp/effect.js';
import { componentKey, variableKey } from '../component.js';

/** B06: what variables are. Of one that can't be told nothing is recorded. */
export const getVariables: Effect<'ocpp2.1', 'GetVariables'> = async ({ response, at }, context) => {
  const read = response.getVariableResult
    .filter(({ attributeStatus, variable }) => attributeStatus === 'Accepted' && !isSecret(variable.name))
    .map(({ component, variable, attributeType: type = 'Actual', attributeValue: value = '' }) => ({
      key: variableKeyOf({ component, variable, ...(type !== 'Actual' && { attributeType: type }) }),
      ...{ component: componentKey(component), variable: variableKey(variable), type, value },
    }));
  await recordRead(read, at, context);
};

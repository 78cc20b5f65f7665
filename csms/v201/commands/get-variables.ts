import { isSecret } from '../../configuration/secrets.js';
import { recordVariables } from '../../device-model/record.js';
import type { Effect } from '../../ocpp/effect.js';
import { componentKey, variableKey } from '../component.js';

/** B06: what variables are. Of one that can't be told nothing is recorded. */
export const getVariables: Effect<'ocpp2.1', 'GetVariables'> = async ({ response, at }, context) => {
  const time = at.toISOString();
  const reports = response.getVariableResult
    .filter(({ attributeStatus, variable }) => attributeStatus === 'Accepted' && !isSecret(variable.name))
    .map(({ component, variable, attributeType = 'Actual', attributeValue = '' }) => ({
      component: componentKey(component),
      variable: variableKey(variable),
      attributes: [{ type: attributeType, value: attributeValue }],
      told: { at: time, receivedAt: time },
    }));
  await recordVariables(reports, context);
};

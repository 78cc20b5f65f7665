import { isSecret } from '../../configuration/secrets.js';
import { componentPath, variablePath } from '../../device-model/path.js';
import { recordVariables } from '../../device-model/record.js';
import type { Effect } from '../../ocpp/effect.js';
import { componentKey, variableKey } from '../component.js';

/** B05: variables have other values, or will have them after a reboot. A result says of which it is, and not their values. */
export const setVariables: Effect<'ocpp2.1', 'SetVariables'> = async ({ request, response, at }, context) => {
  const time = at.toISOString();
  const asked = request.setVariableData.map(({ component, variable, attributeType = 'Actual', attributeValue }) => ({
    component: componentKey(component),
    variable: variableKey(variable),
    attributes: [{ type: attributeType as string, value: attributeValue }],
    told: { at: time, receivedAt: time },
  }));
  const set = new Set(
    response.setVariableResult
      .filter(({ attributeStatus }) => attributeStatus === 'Accepted' || attributeStatus === 'RebootRequired')
      .map(({ component, variable, attributeType = 'Actual' }) =>
        nameOf({ component: componentKey(component), variable: variableKey(variable), attributeType }),
      ),
  );
};

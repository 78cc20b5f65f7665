import type { ComponentType, VariableType } from '../../../schemas/generated/ocpp2.1/types.js';
import { isPassword, passwordTaken } from '../../charge-points/password.js';
import { reportConfiguration } from '../../configuration/report.js';
import { isSecret } from '../../configuration/secrets.js';
import { variableKeyOf } from '../../configuration/variable-key.js';
import { recordVariables } from '../../device-model/record.js';
import type { Effect } from '../../ocpp/effect.js';
import { componentKey, pathOf, variableKey } from '../component.js';

/** B05, A01: variables have other values, or will have them after a reboot. What was set is in the request alone. */
export const setVariables: Effect<'ocpp2.1', 'SetVariables'> = async (answered, context) => {
  const { request, response, at } = answered;
  const time = at.toISOString();
  const set = new Map(
    response.setVariableResult
      .filter(({ attributeStatus }) => attributeStatus === 'Accepted' || attributeStatus === 'RebootRequired')
      .map((result) => [nameOf(result), result.attributeStatus]),
  );
  const all = request.setVariableData.filter((data) => set.has(nameOf(data)));
  const password = all.find(isPassword);
  if (password) await passwordTaken(password.attributeValue, answered, context);
  const taken = all.filter(({ variable }) => !isSecret(variable.name));
  const reports = taken.map((data) => ({
    component: componentKey(data.component),
    variable: variableKey(data.variable),
    attributes: [{ type: data.attributeType ?? 'Actual', value: data.attributeValue }],
    told: {
      ...{ at: time, receivedAt: time },
      ...(set.get(nameOf(data)) === 'RebootRequired' && { untilBoot: true as const }),
    },
  }));
  await recordVariables(reports, context);
  const values = taken.map(({ attributeType, attributeValue, ...of }): [string, string] => [
    variableKeyOf({ ...of, ...(attributeType && attributeType !== 'Actual' && { attributeType }) }),
    attributeValue,
  ]);
  await reportConfiguration(values, at, context);
};

function nameOf(of: { component: ComponentType; variable: VariableType; attributeType?: string }): string {
  return `${pathOf(of)}/${of.attributeType ?? 'Actual'}`;
}

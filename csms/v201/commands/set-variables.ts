import type { ComponentType, VariableType } from '../../../schemas/generated/ocpp2.1/types.js';
import { isPassword, passwordTaken } from '../../charge-points/password.js';
import { isSecret } from '../../configuration/secrets.js';
import { isTaken, recordTaken } from '../../configuration/taken.js';
import type { Effect } from '../../ocpp/effect.js';
import { attributeOf, pathOf } from '../component.js';

/** B05, A01: variables have other values, or will have them after a reboot. What was set is in the request alone. */
export const setVariables: Effect<'ocpp2.1', 'SetVariables'> = async (answered, context) => {
  const { request, response, at } = answered;
  const statuses = new Map(
    response.setVariableResult
      .filter(({ attributeStatus }) => isTaken(attributeStatus))
      .map((result) => [nameOf(result), result.attributeStatus]),
  );
  const all = request.setVariableData.flatMap((data) => {
    const status = statuses.get(nameOf(data));
    return status ? [{ data, status }] : [];
  });
  const password = all.find(({ data }) => isPassword(data));
  if (password) await passwordTaken(password.data.attributeValue, answered, context);
  const taken = all
    .filter(({ data }) => !isSecret(data.variable.name))
    .map(({ data, status }) => ({ ...attributeOf(data), value: data.attributeValue, status }));
  await recordTaken(taken, at, context);
};

function nameOf(of: { component: ComponentType; variable: VariableType; attributeType?: string }): string {
  return `${pathOf(of)}/${of.attributeType ?? 'Actual'}`;
}

import { isPassword, passwordTaken } from '../../charge-points/password.js';
import { component } from '../../configuration/record-keys.js';
import { reportConfiguration } from '../../configuration/report.js';
import { isSecret } from '../../configuration/secrets.js';
import { recordVariables } from '../../device-model/record.js';
import type { Effect } from '../../ocpp/effect.js';

/** 5.3: a key has another value, or will have it after a reboot. Whitepaper A01: so has the password. */
export const changeConfiguration: Effect<'ocpp1.6', 'ChangeConfiguration'> = async (answered, context) => {
  const { request, response, at } = answered;
  const isSet = response.status === 'Accepted' || response.status === 'RebootRequired';
  if (!isSet) return;
  const { key, value } = request;
  if (isPassword(request)) await passwordTaken(value, answered, context);
  const time = at.toISOString();
  const told = {
    at: time,
    receivedAt: time,
    ...(response.status === 'RebootRequired' && { untilBoot: true as const }),
  };
  const attributes = [{ type: 'Actual', ...(!isSecret(key) && { value }) }];
  await recordVariables([{ component, variable: { name: key }, attributes, told }], context);
  if (!isSecret(key)) await reportConfiguration([[key, value]], at, context);
};

import { isPassword, passwordTaken } from '../../charge-points/password.js';
import { attributeOfKey } from '../../configuration/record-keys.js';
import { isSecret } from '../../configuration/secrets.js';
import { isTaken, recordTaken } from '../../configuration/taken.js';
import type { Effect } from '../../ocpp/effect.js';

/** 5.3: a key has another value, or will have it after a reboot. Whitepaper A01: so has the password. */
export const changeConfiguration: Effect<'ocpp1.6', 'ChangeConfiguration'> = async (answered, context) => {
  const { request, response, at } = answered;
  const { key, value } = request;
  const { status } = response;
  if (!isTaken(status)) return;
  if (isPassword(request)) await passwordTaken(value, answered, context);
  await recordTaken([{ ...attributeOfKey(key), ...(!isSecret(key) && { value }), status }], at, context);
};

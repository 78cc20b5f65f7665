import type { Command } from '../commands/ports.js';
import { sentAt } from '../commands/sent-at.js';
import type { EffectContext } from '../ocpp/effect.js';
import { OcppError } from '../ocpp/errors.js';
import { hashPassword } from './admission.js';

/** ADR 4: with fewer characters one round of SHA-256 would not protect it. The whitepaper and 2.x ask for as many. */
const fewest = 16;

/** A key of 1.6, or a variable of 2.x, with the value that it is to have. */
interface Setting {
  key?: string;
  value?: string;
  component?: { name: string };
  variable?: { name: string };
  attributeType?: string;
  attributeValue?: string;
}

/** Is it the password for HTTP Basic? */
export function isPassword({ key, component, variable, attributeType = 'Actual' }: Setting): boolean {
  const name = key ?? `${component?.name}/${variable?.name}/${attributeType}`;
  return ['authorizationkey', 'securityctrlr/basicauthpassword/actual'].includes(name.toLowerCase());
}

/** @throws {OcppError} when a command, which is valid otherwise, sets a password that is too short to be random */
export function checkPassword(action: string, payload: unknown): void {
  const { setVariableData = [], ...one } = payload as Setting & { setVariableData?: Setting[] };
  const settings = action === 'ChangeConfiguration' ? [one] : action === 'SetVariables' ? setVariableData : [];
  const isWeak = ({ value, attributeValue = value ?? '' }: Setting) => attributeValue.length < fewest;
  if (settings.some((one) => isPassword(one) && isWeak(one))) {
    throw new OcppError('PropertyConstraintViolation', `a password must have ${fewest} random characters or more`);
  }
}

/**
 * A01: a charge point took a password by a command, for now or for after a reboot. It may come with the former one until it
 * has come with this one. Of several, that of the command which was sent last holds.
 */
export async function passwordTaken(
  value: string,
  { command, at }: { command: Command; at: Date },
  { chargePointId, chargePoints }: EffectContext,
): Promise<void> {
  // Of hex digits either case may come.
  const password = /^[0-9a-f]+$/i.test(value) ? value.toLowerCase() : value;
  const kept = hashPassword(password, `${chargePointId}/${command.commandId}`);
  await chargePoints.tookPassword(chargePointId, kept, sentAt(command, at));
}

import { checkPassword } from '../charge-points/password.js';
import type { Protocol } from '../ocpp/protocol.js';
import { validateCommand } from '../ocpp/validate.js';

/**
 * @returns the payload of a CALL of ours, its members in the schema's order
 * @throws {OcppError} what the schema, or this system, has against it: the charge point must not get it
 */
export async function checkCommand(protocol: Protocol, action: string, payload: unknown): Promise<unknown> {
  const valid = await validateCommand(protocol, action, payload);
  checkPassword(action, valid);
  return valid;
}

import { commandTables } from '../csms/ocpp/command-tables.js';
import { OcppError } from '../csms/ocpp/errors.js';
import type { Protocol } from '../csms/ocpp/protocol.js';
import { validateCommand } from '../csms/ocpp/validate.js';
import { Problem } from './problem.js';

/** Those of the versions that have such a command. @throws {Problem} when none has */
export function versionsOf(action: string, candidates: readonly Protocol[]): readonly Protocol[] {
  const versions = candidates.filter((version) => Object.hasOwn(commandTables[version], action));
  if (versions.length > 0) return versions;
  const known = Object.keys(commandTables[candidates[0] ?? 'ocpp2.0.1']).join(', ');
  throw new Problem('action-unknown', `Take one of ${known}.`, { protocol: candidates.join(', ') });
}

/** Which version a charge point speaks may not be known: a payload has to be valid in one of them. @throws {Problem} */
export async function checkPayload(action: string, payload: object, candidates: readonly Protocol[]): Promise<void> {
  const faults = await Promise.all(versionsOf(action, candidates).map((version) => faultOf(version, action, payload)));
  const [fault] = faults;
  if (fault && !faults.includes(undefined)) throw payloadInvalid(fault);
}

/** What is wrong with a payload in a version; undefined when nothing is. */
export async function faultOf(protocol: Protocol, action: string, payload: unknown): Promise<OcppError | undefined> {
  try {
    await validateCommand(protocol, action, payload);
    return undefined;
  } catch (error) {
    if (error instanceof OcppError) return error;
    throw error;
  }
}

/** What a version's schema has against a payload, for people; the pointer leads to where a missing member is to be. */
export function payloadInvalid({ message, details: { path = '', ...ocpp } }: OcppError): Problem {
  const { missingProperty, additionalProperty, allowedValues } = ocpp;
  const member = missingProperty ?? additionalProperty;
  const pointer = member === undefined ? String(path) : `${path}/${member}`;
  const name = pointer.slice(1).replaceAll('/', '.');
  const told = () => {
    if (missingProperty !== undefined) return `${name} is missing`;
    if (additionalProperty !== undefined) return `${name} is none of its members`;
    if (Array.isArray(allowedValues)) return `${name} must be one of ${allowedValues.join(', ')}`;
    return message.replace(/\.$/, '');
  };
  const errors = [{ pointer, detail: told() }];
  return new Problem('payload-invalid', `Correct the payload: ${told()}.`, { errors, ocpp });
}

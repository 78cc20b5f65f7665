import { commandTables } from '../csms/ocpp/command-tables.js';
import type { OcppError } from '../csms/ocpp/errors.js';
import type { Protocol } from '../csms/ocpp/protocol.js';
import { Problem } from './problem.js';

/** Those of the versions that have such a command. @throws {Problem} when none has */
export function versionsOf(action: string, candidates: readonly Protocol[]): readonly Protocol[] {
  const versions = candidates.filter((version) => Object.hasOwn(commandTables[version], action));
  if (versions.length > 0) return versions;
  const known = Object.keys(commandTables[candidates[0] ?? 'ocpp2.0.1']).join(', ');
  throw new Problem('action-unknown', `Take one of ${known}.`, { protocol: candidates.join(', ') });
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

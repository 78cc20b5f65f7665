import type { OcppError } from '../csms/ocpp/errors.js';
import { Problem } from './problem.js';

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

import { OcppError } from '../ocpp/errors.js';

/**
 * OCPP's integers have 32 bits, which its schemas don't say; what JSON has no exact number for is none.
 *
 * @throws {OcppError} PropertyConstraintViolation
 */
export function assertIntegers(numbers: Record<string, number | undefined>): void {
  for (const [name, number] of Object.entries(numbers)) {
    if (number !== undefined && !Number.isSafeInteger(number)) {
      throw new OcppError('PropertyConstraintViolation', `${name} must be an integer of 32 bits`);
    }
  }
}

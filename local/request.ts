import { AwsError, type AwsRequest, notImplemented } from './service.js';

/** @throws {AwsError} for a broken percent-encoding */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError('InvalidRequestException', `Not percent-encoded: ${segment}`);
  }
}

/** The body as a JSON object; none is an empty one. */
export function jsonBody({ body }: AwsRequest): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, with every other body that is no object.
  }
  throw new AwsError('InvalidRequestException', 'The request body is not a JSON object.');
}

/** @throws {AwsError} naming the first parameter that is not among `known`: nothing asked for is ignored. */
export function refuseUnknown(what: string, parameters: Record<string, unknown>, known: readonly string[]): void {
  const name = Object.keys(parameters).find((each) => !known.includes(each));
  if (name !== undefined) throw notImplemented(`${what} ${name}`);
}

/** OCPP: identifiers are printable ASCII. */
const printable = /^[\x20-\x7e]+$/;

/**
 * OCPP compares id tokens case-insensitively, so they are kept in capitals.
 *
 * @returns undefined for what can't be a token: nothing at all, or anything but printable ASCII
 */
export function normalised(idToken: string): string | undefined {
  return printable.test(idToken) ? idToken.toUpperCase() : undefined;
}

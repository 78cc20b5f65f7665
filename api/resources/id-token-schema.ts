import * as z from 'zod/mini';
import type { IdToken } from '../../csms/id-tokens/ports.js';

/** Lengths are those that every version of OCPP has room for. */
export const printable = (longest: number) =>
  z.string().check(z.minLength(1), z.maxLength(longest), z.regex(/^[\x20-\x7e]+$/, 'is to be printable ASCII'));

/** What is said of a token; what is left out is as the docs of the table say. */
export const said = z.strictObject({
  type: z.optional(printable(20)),
  status: z._default(
    z.enum(['Accepted', 'Blocked', 'Invalid', 'NoCredit', 'NotAllowedTypeEVSE', 'NotAtThisLocation', 'NotAtThisTime']),
    'Accepted',
  ),
  expiry: z.optional(z.iso.datetime({ offset: true })),
  groupId: z.optional(printable(20)),
  oneTransaction: z._default(z.boolean(), false),
  language: z.optional(printable(8)),
  cacheSeconds: z.optional(z.int().check(z.minimum(1), z.maximum(31_536_000))),
});
/** A token's text: 36 characters in 2.x, 20 in 1.6. */
export const tokenText = printable(255);

/** @param token as its schema made it */
export function tokenOf(idToken: string, { expiry, ...token }: z.output<typeof said>): IdToken {
  return { idToken, ...token, ...(expiry && { expiry: new Date(expiry) }) };
}

import * as z from 'zod/mini';

const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));
const date = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((iso) => new Date(iso)),
);
const aYear = 365 * 24 * 60 * 60;

/** An item of IdTokensTable, which people write too. Lengths are those that every version of OCPP has room for. */
export const idTokenItem = z.object({
  idToken: z.string().check(z.minLength(1)),
  type: z.optional(text(20)),
  status: z._default(
    z.enum(['Accepted', 'Blocked', 'Invalid', 'NoCredit', 'NotAllowedTypeEVSE', 'NotAtThisLocation', 'NotAtThisTime']),
    'Accepted',
  ),
  expiry: z.optional(date),
  groupId: z.optional(text(20)),
  oneTransaction: z._default(z.boolean(), false),
  language: z.optional(text(8)),
  cacheSeconds: z.optional(z.int().check(z.minimum(1), z.maximum(aYear))),
});

import * as z from 'zod';

const aYear = 365 * 24 * 60 * 60;

/** An item of IdTokensTable, which people write too. Lengths are those that every version of OCPP has room for. */
export const idTokenItem = z.object({
  idToken: z.string().min(1),
  type: z.string().min(1).max(20).optional(),
  status: z
    .enum(['Accepted', 'Blocked', 'Invalid', 'NoCredit', 'NotAllowedTypeEVSE', 'NotAtThisLocation', 'NotAtThisTime'])
    .default('Accepted'),
  expiry: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  groupId: z.string().min(1).max(20).optional(),
  oneTransaction: z.boolean().default(false),
  language: z.string().min(1).max(8).optional(),
  cacheSeconds: z.int().min(1).max(aYear).optional(),
});

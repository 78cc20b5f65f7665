import * as z from 'zod/mini';

/** What several operations take, in their paths, queries and bodies. */

export const nothing = z.strictObject({});

/** A charge point's identity is the name of its thing. */
export const chargePointId = z.string().check(z.regex(/^[a-zA-Z0-9:_-]{1,128}$/));
export const ofChargePoint = z.strictObject({ chargePointId });

export const text = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(100), z.regex(/^[^\p{Cc}]*$/u, 'has control characters'));

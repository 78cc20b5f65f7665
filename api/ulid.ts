import { randomBytes } from 'node:crypto';

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new id that sorts by its time: 48 bits of milliseconds and 80 random ones, 26 characters. */
export function ulid(now: Date): string {
  const time = Array.from({ length: 10 }, (_, i) => digits[Math.floor(now.getTime() / 32 ** (9 - i)) % 32]);
  const random = Array.from(randomBytes(16), (byte) => digits[byte % 32]);
  return [...time, ...random].join('');
}

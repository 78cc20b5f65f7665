import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new API token: 256 random bits, so that one round of SHA-256 keeps it safe. */
export function newToken(): string {
  return `csms_${randomBytes(32).toString('base64url')}`;
}

/** What a token is known by, and what is kept of it. Neither leads back to it. */
export function marksOf(token: string): { tokenId: string; hash: string } {
  return { tokenId: sha256(`id ${token}`).slice(0, 20), hash: sha256(token) };
}

/** In the same time for each token. */
export function isSameHash(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

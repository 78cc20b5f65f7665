import { credible } from '../credible.js';
import type { Authorization } from '../id-tokens/authorize.js';
import type { AuthorizationStatus } from '../id-tokens/ports.js';
import { receivedAt } from './place.js';
import type { PresentedToken, Told } from './ports.js';

/**
 * 1.6 does not say that it was offline. A message this much older than its arrival was kept by the charge point; one of a
 * time that can't be is of any age.
 */
const late = 2 * 60_000;

export function isLate(at: Date, receivedAt: Date): boolean {
  return receivedAt.getTime() - credible(at, receivedAt).getTime() > late;
}

/** Was a start kept by the charge point? */
export function isToldLate(startedAt: Told<string>): boolean {
  return isLate(new Date(startedAt.value), new Date(receivedAt(startedAt)));
}

/** A token as it was presented, with what it is answered. */
export function presented(
  token: { idToken: string; type?: string },
  { status, oneTransaction }: Authorization,
): PresentedToken {
  return { ...token, authorization: status, ...(oneTransaction && { oneTransaction }) };
}

/** What a token is answered when the transaction says otherwise than the token alone. Only what is Accepted may be relied on. */
export function withStatus(
  { cacheUntil, ...authorization }: Authorization,
  status: AuthorizationStatus,
): Authorization {
  return { ...authorization, status, ...(status === 'Accepted' && cacheUntil && { cacheUntil }) };
}

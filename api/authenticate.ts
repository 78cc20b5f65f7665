import type { Caller, Role } from '../csms/access/ports.js';
import { roles } from '../csms/access/ports.js';
import { isSameHash, marksOf } from '../csms/access/token.js';
import type { ApiPorts, Person } from './ports.js';
import { Problem } from './problem.js';

/** To the hour is exact enough, and an hour's requests cost one write. */
const usedResolution = 60 * 60_000;

const challenge = { 'www-authenticate': 'Bearer' };

/** Who asks: a person, whose token API Gateway has checked, or a machine by its API token. @throws {Problem} */
export async function authenticate(
  authorization: string | null,
  person: Person | undefined,
  { apiTokens, clock }: Pick<ApiPorts, 'apiTokens' | 'clock'>,
): Promise<Caller> {
  if (person) {
    if (person.role) return { id: person.id, role: person.role };
    throw new Problem('no-role', 'Ask whoever runs the issuer to put you into the group viewer, operator or admin.');
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (!token) throw new Problem('no-credentials', 'Send the header Authorization: Bearer <token>.', {}, challenge);
  const { tokenId, hash } = marksOf(token);
  const now = clock.now();
  const found = await apiTokens.find(tokenId);
  if (!found || !isSameHash(found.hash, hash) || Date.parse(found.token.expiresAt) <= now.getTime()) {
    const told = { 'www-authenticate': 'Bearer error="invalid_token"' };
    throw new Problem('bad-token', 'Use a token that is known to this stage and has not expired.', {}, told);
  }
  const { name, role, scope, lastUsedAt } = found.token;
  if (now.getTime() - Date.parse(lastUsedAt ?? '1970-01-01') >= usedResolution) {
    await apiTokens.used(tokenId, now.toISOString());
  }
  return { id: `token:${tokenId}`, name, role, ...(scope && { scope }) };
}

/** @throws {Problem} when the caller's role is none that may */
export function authorize({ role }: Caller, needed: Role): void {
  if (roles.indexOf(role) >= roles.indexOf(needed)) return;
  throw new Problem('role-too-low', `Use a token of role ${needed}; this one is of role ${role}.`);
}

import type { Caller, Scope } from '../csms/access/ports.js';
import type { Operation } from './operation.js';
import type { ApiPorts } from './ports.js';
import { Problem } from './problem.js';

interface Asked {
  one: Operation;
  caller: Caller;
  params: unknown;
  query: unknown;
  body: unknown;
}

type Named = { chargePointId?: string; site?: string | null };

/**
 * Holds a caller to his scope, where he has one: he may what is about one charge point of it, and lists of one site of it.
 * Whatever says neither is not for him, so that nothing new is by accident.
 *
 * @throws {Problem}
 */
export async function assertInScope({ one, caller, params, query, body }: Asked, ports: ApiPorts): Promise<void> {
  const { scope } = caller;
  if (!scope || one.isForAll) return;
  const place = (one.placesIt ? body : {}) as Named;
  const asked = { ...(query as Named), ...(params as Named) };
  const chargePointId = asked.chargePointId ?? place.chargePointId;
  if (chargePointId === undefined) {
    if (typeof asked.site === 'string' && isSite(scope, asked.site)) return;
    const told = `Ask for one charge point of the token's scope, or where there is such a filter for site ${scope.sites?.join(', ') ?? 'of a token that has sites'}.`;
    throw new Problem('out-of-scope', told);
  }
  if (scope.chargePointIds?.includes(chargePointId)) return;
  // Neither may it be taken out of the scope, nor into it.
  const isKept = place.site === undefined || (place.site !== null && isSite(scope, place.site));
  const { site, registered } = (await ports.chargePointRecords.read(chargePointId)) ?? {};
  const isOwn = registered
    ? site !== undefined && isSite(scope, site)
    : place.chargePointId !== undefined && !!place.site;
  if (!isOwn || !isKept) throw new Problem('out-of-scope', `Use another token: this one is not for ${chargePointId}.`);
}

function isSite({ sites = [] }: Scope, site: string): boolean {
  return sites.includes(site);
}

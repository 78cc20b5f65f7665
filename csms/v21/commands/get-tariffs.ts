import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';
import { isAt, joined, takeFrom, tariffsOf } from '../tariffs.js';

/** I09: which tariffs are in force at an EVSE, or with EVSE 0 at all, and for whom; those that are not named are not. */
export const getTariffs: Effect<'ocpp2.1', 'GetTariffs'> = async ({ request, response, at }, context) => {
  if (response.status === 'Rejected') return;
  const { evseId } = request;
  const { tariffAssignments: told = [] } = response;
  const known = await tariffsOf(context);
  for (const one of known) {
    const isNamed = told.some(({ tariffId }) => tariffId === one.key);
    if (!isNamed && isAt(one, evseId)) await takeFrom(one, evseId, at, context);
  }
  for (const { tariffId, evseIds, ...assignment } of told) {
    const { detail = {} } = known.find(({ key }) => key === tariffId) ?? {};
    const all = joined(evseId === 0 ? [] : detail.evseIds, evseIds);
    await asOf(at, context).put('tariff', tariffId, {
      ...pick(assignment, 'tariffKind', 'validFrom', 'idTokens'),
      ...(all.length > 0 && { evseIds: all }),
      ...pick(detail, 'tariff'),
    });
  }
};

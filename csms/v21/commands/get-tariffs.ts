import { asOf } from '../../inventory/asked.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';

/** I09: which tariffs are in force, and for whom. */
export const getTariffs: Effect<'ocpp2.1', 'GetTariffs'> = async ({ response, at }, context) => {
  for (const assignment of response.tariffAssignments ?? []) {
    const detail = pick(assignment, 'tariffKind', 'validFrom', 'evseIds', 'idTokens');
    await asOf(at, context).put('tariff', assignment.tariffId, detail);
  }
};

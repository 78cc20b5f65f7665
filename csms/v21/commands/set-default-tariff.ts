import { asOf } from '../../inventory/asked.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Effect } from '../../ocpp/effect.js';
import { pick } from '../../pick.js';
import { isAt, joined, takeFrom, tariffsOf } from '../tariffs.js';

/**
 * I07: a tariff holds for an EVSE, or with EVSE 0 for all, unless the driver has another. It replaces the default tariff that
 * is in force there, or that is to be from the same time on; one that is valid only later stands beside it.
 */
export const setDefaultTariff: Effect<'ocpp2.1', 'SetDefaultTariff'> = async ({ request, response, at }, context) => {
  if (response.status !== 'Accepted') return;
  const { evseId, tariff } = request;
  const from = ({ validFrom }: { validFrom?: string }) =>
    Math.max(at.getTime(), validFrom === undefined ? 0 : dateTime(validFrom).getTime());
  const defaults = (await tariffsOf(context)).filter(({ detail }) => detail.tariffKind === 'DefaultTariff');
  const known = defaults.find(({ key }) => key === tariff.tariffId);
  const others = defaults.filter((other) => other !== known && from(other.detail) === from(tariff));
  for (const other of others) if (isAt(other, evseId)) await takeFrom(other, evseId, at, context);
  const isReplaced = others.some(
    (other) => other.at > at && [0, evseId].some((one) => other.detail.evseIds?.includes(one)),
  );
  if (isReplaced) return;
  const detail = { tariffKind: 'DefaultTariff', ...pick(tariff, 'validFrom'), tariff };
  const evseIds = joined(known?.detail.evseIds, [evseId]);
  await asOf(at, context).put('tariff', tariff.tariffId, { ...detail, evseIds });
};

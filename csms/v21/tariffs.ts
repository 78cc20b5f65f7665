import { asOf } from '../inventory/asked.js';
import type { EffectContext } from '../ocpp/effect.js';

/** What is kept of a tariff, by its id. */
interface Assignment {
  /** DefaultTariff or DriverTariff. */
  tariffKind?: string;
  /** 0: all that have no other one. */
  evseIds?: number[];
  /** An OCPP date-time. Missing when it is valid already. */
  validFrom?: string;
  /** As it was set; who is asked which tariffs there are does not tell it. */
  tariff?: object;
}

export interface Tariff {
  key: string;
  at: Date;
  detail: Assignment;
}

export async function tariffsOf({ chargePointId, inventory }: EffectContext): Promise<Tariff[]> {
  return inventory.list(chargePointId, 'tariff');
}

/** @param evseId 0: whichever */
export function isAt({ detail: { evseIds } }: Tariff, evseId: number): boolean {
  return evseId === 0 || (evseIds?.includes(evseId) ?? false);
}

/** @returns all of both, in their order */
export function joined(some: number[] = [], others: number[] = []): number[] {
  const all = [...new Set([...some, ...others])].sort((a, b) => a - b);
  return all[0] === 0 ? [0] : all;
}

/**
 * A tariff is that of an EVSE no more. One that is for all EVSEs stays: which the others are is not known.
 *
 * @param evseId 0: of none
 */
export async function takeFrom(
  { key, detail }: Pick<Tariff, 'key' | 'detail'>,
  evseId: number,
  at: Date,
  context: EffectContext,
): Promise<void> {
  const { put, remove } = asOf(at, context);
  const evseIds = evseId === 0 ? [] : (detail.evseIds?.filter((one) => one !== evseId) ?? []);
  await (evseIds.length > 0 ? put('tariff', key, { ...detail, evseIds }) : remove('tariff', key));
}

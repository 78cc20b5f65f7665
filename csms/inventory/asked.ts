import type { EffectContext } from '../ocpp/effect.js';
import type { ItemKind } from './ports.js';

/** What the answer to a command changes of what a charge point has, as of the time of the answer. */
export function asOf(at: Date, { chargePointId, inventory }: EffectContext) {
  return {
    /** @param until from then on it is of no use */
    async put(kind: ItemKind, key: string | number, detail: object, until?: Date): Promise<void> {
      await inventory.put({ chargePointId, kind, key: String(key), at, detail, ...(until && { until }) });
    },
    async remove(kind: ItemKind, key: string | number): Promise<void> {
      await inventory.remove(chargePointId, kind, String(key), at);
    },
  };
}

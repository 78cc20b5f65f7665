import { ShadowRefused } from '../charge-points/ports.js';
import type { EffectContext } from '../ocpp/effect.js';

/** Writes values that a charge point took into its shadow, by the keys that somebody desires them by. */
export async function reportConfiguration(
  values: [key: string, value: string][],
  at: Date,
  { chargePointId, shadows, events }: EffectContext,
): Promise<void> {
  if (values.length === 0) return;
  try {
    await shadows.report(chargePointId, { configuration: Object.fromEntries(values) });
  } catch (error) {
    if (!(error instanceof ShadowRefused)) throw error;
    const refused = { code: 'shadow-too-large', reason: error.message } as const;
    await events.emit(chargePointId, 'shadow-refused', `${at.toISOString()}-configuration`, refused);
  }
}

import { ShadowRefused } from '../charge-points/ports.js';
import { tell } from '../history/tell.js';
import type { EffectContext } from '../ocpp/effect.js';

/** Writes values that a charge point took or has into its shadow, by the keys that they are desired by; null for none. */
export async function reportConfiguration(
  values: [key: string, value: string | null][],
  at: Date,
  context: EffectContext,
): Promise<void> {
  const { chargePointId, shadows } = context;
  if (values.length === 0) return;
  try {
    await shadows.report(chargePointId, { configuration: Object.fromEntries(values) });
  } catch (error) {
    if (!(error instanceof ShadowRefused)) throw error;
    const detail = { code: 'shadow-too-large', reason: error.message } as const;
    const id = `${at.toISOString()}-configuration`;
    await tell({ chargePointId, name: 'shadow-refused', id, at, detail }, context);
  }
}

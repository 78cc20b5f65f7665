import type { ChargePoint } from '../client/client.js';

/** Waits so many milliseconds, or until `interrupted`. Rejects when the charge point is gone for good. */
export async function waitUnless(chargePoint: ChargePoint, ms: number, interrupted: AbortSignal): Promise<void> {
  const { clock, signal } = chargePoint;
  try {
    await clock.wait(ms, AbortSignal.any([signal, interrupted]));
  } catch (error) {
    if (signal.aborted || !interrupted.aborted) throw error;
  }
}

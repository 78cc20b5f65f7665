import type { ChargePoint } from '../client/client.js';
import { CallError, CallTimeout, PowerLost } from '../client/errors.js';
import type { Payload } from '../client/frames.js';

/**
 * Sends a CALL. Undefined when it was refused or not answered: a charge point carries on then, and whoever watches
 * learns it from `onFrame` and `onEvent`.
 */
export async function tell(chargePoint: ChargePoint, action: string, payload: Payload): Promise<Payload | undefined> {
  try {
    return await chargePoint.call(action, payload);
  } catch (error) {
    if (error instanceof CallError || error instanceof CallTimeout || error instanceof PowerLost) return undefined;
    throw error;
  }
}

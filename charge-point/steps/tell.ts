import { CallError, CallTimeout, PowerLost } from '../client/errors.js';
import type { Payload } from '../client/frames.js';
import type { Run } from './step.js';

/**
 * Sends a CALL, once the charge point may say something of its own. Undefined when it was refused or not answered: a charge
 * point carries on then, and whoever watches learns it from `onFrame` and `onEvent`.
 */
export async function tell(run: Run, action: string, payload: Payload): Promise<Payload | undefined> {
  await run.gate.passed(run.chargePoint.signal);
  return tellAtOnce(run, action, payload);
}

/** The same for what may be said before the boot is accepted: the boot itself, and what the CSMS asks for (B02.FR.02). */
export async function tellAtOnce({ chargePoint }: Run, action: string, payload: Payload): Promise<Payload | undefined> {
  try {
    return await chargePoint.call(action, payload);
  } catch (error) {
    if (error instanceof CallError || error instanceof CallTimeout || error instanceof PowerLost) return undefined;
    throw error;
  }
}

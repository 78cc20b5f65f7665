import { type ClientOptions, connectChargePoint } from './client/client.js';
import { type Behaviour, runScenario } from './run-scenario.js';
import type { Scenario } from './scenarios/scenarios.js';

export interface StartOptions extends ClientOptions, Behaviour {
  scenario: Scenario;
}

/**
 * Connects a charge point, plays the scenario and closes the socket with 1000.
 * Resolves at the scenario's end or when `signal` is aborted.
 * @throws {HandshakeRefused | NoCommonProtocol | Unreachable} when the first connection fails, or later by `giveUpOnRefusal`.
 */
export async function startChargePoint({ scenario, ...options }: StartOptions): Promise<void> {
  try {
    const chargePoint = await connectChargePoint(options);
    try {
      await runScenario(scenario, chargePoint, options);
    } catch (error) {
      if (chargePoint.signal.aborted)
        await chargePoint.closed; // a refusal says more than the step it interrupted
      else await chargePoint.close();
      throw error;
    }
    await chargePoint.close();
  } catch (error) {
    if (!options.signal?.aborted) throw error;
  }
}

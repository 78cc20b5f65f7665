import { type ClientOptions, connectChargePoint } from './client/client.js';
import type { Hardware } from './messages/messages.js';
import { runScenario } from './run-scenario.js';
import type { Scenario } from './scenarios/scenarios.js';

export const defaultHardware: Hardware = {
  serial: 'SIM-0001',
  model: 'Simulator',
  version: '1.0.0',
  vendor: 'serverless-csms',
  connectors: 1,
};

export interface StartOptions extends ClientOptions {
  hardware?: Partial<Hardware>;
  scenario: Scenario;
}

/**
 * Connects a charge point, plays the scenario and closes the socket with 1000.
 * Resolves at the scenario's end or when `signal` is aborted.
 * @throws {HandshakeRefused | NoCommonProtocol | Unreachable} when the first connection fails, or later by `giveUpOnRefusal`.
 */
export async function startChargePoint({ hardware, scenario, ...options }: StartOptions): Promise<void> {
  try {
    const chargePoint = await connectChargePoint(options);
    try {
      await runScenario(scenario, chargePoint, { ...defaultHardware, ...hardware });
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

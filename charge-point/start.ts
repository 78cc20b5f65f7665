import { type ClientOptions, connectChargePoint } from './client/client.js';
import { handlersOf } from './commands/handlers.js';
import { type Behaviour, newRun, playToEnd } from './run-scenario.js';
import type { Scenario } from './scenarios/scenarios.js';
import type { Run } from './steps/step.js';

export interface StartOptions extends ClientOptions, Behaviour {
  scenario: Scenario;
}

/**
 * Connects a charge point, plays the scenario, takes what the CSMS asks meanwhile, and closes the socket with 1000.
 * Resolves at the scenario's end or when `signal` is aborted.
 * @throws {HandshakeRefused | NoCommonProtocol | Unreachable} when the first connection fails, or later by `giveUpOnRefusal`.
 */
export async function startChargePoint({ scenario, ...options }: StartOptions): Promise<void> {
  try {
    // A CALL may come before `connectChargePoint` has returned: it waits until there is somebody to take it.
    let ready = (_run: Run) => {};
    const taker = new Promise<Run>((resolve) => {
      ready = resolve;
    });
    const handlers = { ...handlersOf(options.protocol, taker), ...options.handlers };
    const chargePoint = await connectChargePoint({ ...options, handlers });
    const run = newRun(chargePoint, options);
    ready(run);
    try {
      await playToEnd(scenario, run);
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

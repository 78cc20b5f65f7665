import type { ChargePoint } from './client/client.js';
import { type Hardware, messages } from './messages/messages.js';
import type { Scenario } from './scenarios/scenarios.js';
import { boot } from './steps/boot.js';
import { heartbeats } from './steps/heartbeats.js';
import { report } from './steps/report.js';
import { ownInterval, type Play, type Run, type Step } from './steps/step.js';

const plays: { [Kind in Step['do']]: Play<Kind> } = { boot, report, heartbeats };

/** Plays a scenario to its end. Rejects with the reason when the charge point is closed or gives up before. */
export async function runScenario(scenario: Scenario, chargePoint: ChargePoint, hardware: Hardware): Promise<void> {
  const run: Run = {
    chargePoint,
    messages: messages[chargePoint.protocol],
    hardware,
    heartbeatInterval: ownInterval,
  };
  for (const step of scenario) {
    // The compiler cannot see that a step and the play of its name belong together.
    const play = plays[step.do] as Play<Step['do']>;
    await play(step, run);
  }
}

import type { ChargePoint } from './client/client.js';
import { type Hardware, messages } from './messages/messages.js';
import type { Scenario } from './scenarios/scenarios.js';
import { boot } from './steps/boot.js';
import { charge } from './steps/charge.js';
import { end } from './steps/end.js';
import { heartbeats } from './steps/heartbeats.js';
import { goOffline, goOnline, losePower } from './steps/network.js';
import { plug } from './steps/plug.js';
import { present } from './steps/present.js';
import { report, reportSession } from './steps/report.js';
import { ownInterval, type Play, type Run, type Step } from './steps/step.js';
import { unplug } from './steps/unplug.js';
import { Outbox, type Repetition } from './transactions/outbox.js';

export const defaultHardware: Hardware = {
  serial: 'SIM-0001',
  model: 'Simulator',
  version: '1.0.0',
  vendor: 'serverless-csms',
  connectors: 1,
};

export const defaultIdToken = '04A2B3C4';

const defaultRepetition: Repetition = { attempts: 5, interval: 10_000 };

/** What a charge point is, and how it does what its scenario says. */
export interface Behaviour {
  hardware?: Partial<Hardware>;
  /** The token that its driver presents. */
  idToken?: string;
  /** That sessions are on: each of several at once has a run of its own. */
  connector?: number;
  /** Of messages about transactions that are not answered. */
  repetition?: Repetition;
}

const plays: { [Kind in Step['do']]: Play<Kind> } = {
  boot,
  report,
  'report session': reportSession,
  heartbeats,
  plug,
  present,
  charge,
  end,
  unplug,
  'go offline': goOffline,
  'go online': goOnline,
  'lose power': losePower,
};

/**
 * Plays a scenario to its end, when what it has to say of transactions is said too. Rejects with the reason when the charge
 * point is closed or gives up before.
 */
export async function runScenario(
  scenario: Scenario,
  chargePoint: ChargePoint,
  { hardware, idToken = defaultIdToken, connector = 1, repetition = defaultRepetition }: Behaviour,
): Promise<void> {
  const run: Run = {
    chargePoint,
    messages: messages[chargePoint.protocol],
    hardware: { ...defaultHardware, ...hardware },
    heartbeatInterval: ownInterval,
    idToken,
    connector,
    outbox: new Outbox(chargePoint, repetition),
    meter: 0,
    isOffline: false,
    reported: new Map(),
  };
  for (const step of scenario) {
    // The compiler cannot see that a step and the play of its name belong together.
    const play = plays[step.do] as Play<Step['do']>;
    await play(step, run);
  }
  await run.outbox.empty();
}

import type { ChargePoint } from './client/client.js';
import { type Hardware, messages } from './messages/messages.js';
import type { Scenario } from './scenarios/scenarios.js';
import { SettingValues } from './settings/values.js';
import { playSteps } from './steps/plays.js';
import type { Run } from './steps/step.js';
import { Gate } from './transactions/gate.js';
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

/** Plays a scenario on a charge point that takes no CALLs by it. Ends as `playToEnd` does. */
export function runScenario(scenario: Scenario, chargePoint: ChargePoint, behaviour: Behaviour): Promise<void> {
  return playToEnd(scenario, newRun(chargePoint, behaviour));
}

/** A charge point as it leaves the factory. */
export function newRun(
  chargePoint: ChargePoint,
  { hardware: given, idToken = defaultIdToken, connector = 1, repetition = defaultRepetition }: Behaviour,
): Run {
  const gate = new Gate();
  const hardware = { ...defaultHardware, ...given };
  return {
    chargePoint,
    messages: messages[chargePoint.protocol],
    hardware,
    idToken,
    connector,
    outbox: new Outbox(chargePoint, repetition, gate),
    gate,
    settings: new SettingValues(hardware),
    meter: 0,
    flow: { watts: 0, since: 0, until: 0 },
    isOffline: false,
    reported: new Map(),
    outOfService: new Set(),
    reservations: new Map(),
    localList: { version: 0, statuses: new Map() },
    cache: new Set(),
    chargingProfiles: [],
    bootAskedFor: new AbortController(),
  };
}

/**
 * Plays a scenario to its end, when what it has to say of transactions is said too. Rejects with the reason when the charge
 * point is closed or gives up before.
 */
export async function playToEnd(scenario: Scenario, run: Run): Promise<void> {
  await playSteps(scenario, run);
  await run.outbox.empty();
}

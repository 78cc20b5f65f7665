import { keepOutcome } from '../messages/keep.js';
import type { EffectPorts } from '../ocpp/effect.js';
import type { OcppError } from '../ocpp/errors.js';
import type { Protocol } from '../ocpp/protocol.js';
import { announceSettled } from './announce.js';
import { dispatch } from './dispatch.js';
import { giveUp } from './give-up.js';
import { answered } from './life.js';
import type { Command, CommandPorts, Outcome, Slot } from './ports.js';
import { takeEffect } from './take-effect.js';
import { verdictOf } from './verdict.js';

/** An answer to a CALL of ours, and where it came from. */
export interface Answer {
  chargePointId: string;
  /** Message ids of 1.6 are unique per connection only: what another says under the same id is about something else. */
  connectionId: string;
  protocol: Protocol;
  messageId: string;
  outcome: Outcome;
}

/**
 * A charge point answered a CALL: settles its command with all that follows from it, and sends the next.
 *
 * @returns what is wrong with the answer, if something is
 */
export async function settle(answer: Answer, ports: EffectPorts): Promise<OcppError | undefined> {
  const { chargePointId, connectionId, protocol, messageId, outcome } = answer;
  const { commands, slots, clock } = ports;
  const found = await commands.find(chargePointId, messageId);
  const attempt = found?.attempts.find((one) => one.messageId === messageId && one.connectionId === connectionId);
  if (!found || !attempt) return undefined;
  const { commandId } = found;
  const now = clock.now();
  const { fault, ...verdict } = await verdictOf(
    { command: found, messageId, at: new Date(attempt.sentAt), outcome },
    { ...ports, chargePointId, protocol },
  );
  const withAnswer = (latest: Command) => answered(latest, messageId, verdict, now);
  const changed = await commands.change(chargePointId, commandId, withAnswer, found);
  if (changed) {
    await takeEffect(changed.command, protocol, ports);
    await announceSettled(changed.command, ports);
  }
  await slots.release({ chargePointId, commandId, ...attempt });
  await dispatch(chargePointId, ports);
  await keepOutcome({ command: changed?.command ?? found, messageId, protocol, outcome }, ports);
  return fault;
}

/** The time of a CALL is over: gives it up if nobody answered, and sends the next. */
export async function commandDue(timer: Slot, ports: CommandPorts): Promise<void> {
  await giveUp(timer, ports);
  await dispatch(timer.chargePointId, ports);
}

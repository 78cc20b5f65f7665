import { announceSettled } from './announce.js';
import { dispatch } from './dispatch.js';
import { giveUp } from './give-up.js';
import { answered } from './life.js';
import type { CommandPorts, Outcome, Slot } from './ports.js';

/**
 * A charge point answered a CALL: settles its command, and sends the next.
 *
 * @param connectionId where the answer came from. Message ids of 1.6 are unique per connection only: what another
 * connection says under the same id is about something else
 * @returns whether a CALL of ours is answered by it
 */
export async function settle(
  {
    chargePointId,
    connectionId,
    messageId,
    outcome,
  }: { chargePointId: string; connectionId: string; messageId: string; outcome: Outcome },
  ports: CommandPorts,
): Promise<boolean> {
  const { commands, slots, clock } = ports;
  const found = await commands.find(chargePointId, messageId);
  const attempt = found?.attempts.find((one) => one.messageId === messageId && one.connectionId === connectionId);
  if (!found || !attempt) return false;
  const { commandId } = found;
  const now = clock.now();
  const changed = await commands.change(chargePointId, commandId, (latest) =>
    answered(latest, messageId, outcome, now),
  );
  if (changed) await announceSettled(changed.command, ports);
  await slots.release({ chargePointId, commandId, ...attempt });
  await dispatch(chargePointId, ports);
  return true;
}

/** The time of a CALL is over: gives it up if nobody answered, and sends the next. */
export async function commandDue(timer: Slot, ports: CommandPorts): Promise<void> {
  await giveUp(timer, ports);
  await dispatch(timer.chargePointId, ports);
}

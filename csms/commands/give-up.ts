import { live } from '../connections/life.js';
import { keepUnanswered } from '../messages/keep.js';
import { announceSettled } from './announce.js';
import { isSameAttempt, unanswered } from './life.js';
import type { Command, CommandPorts, Slot } from './ports.js';

/** Gives a CALL up that nobody answered, and frees the slot if it still holds it. */
export async function giveUp(slot: Slot, ports: CommandPorts): Promise<void> {
  const { commands, connections, slots, clock } = ports;
  const { chargePointId, commandId, messageId, connectionId } = slot;
  const now = clock.now();
  const current = live(await connections.read(chargePointId), now);
  const changed = await commands.change(chargePointId, commandId, (command) =>
    unanswered(command, slot, current?.connectionId, now),
  );
  const held = await slots.read(chargePointId);
  const isHeld = held !== undefined && isSameAttempt(held, slot);
  if (changed && (changed.isChanged || isHeld || isTimedOut(changed.command, slot))) {
    await announceSettled(changed.command, ports);
  }
  if (isHeld) await slots.release(slot);
  if (!changed?.isChanged) return;
  const protocol = current?.connectionId === connectionId ? current.protocol : undefined;
  await keepUnanswered(changed.command, messageId, protocol, ports);
}

/**
 * Whoever settled it and still holds the slot was interrupted before he could tell. So may he have been who gave it up, when the
 * slot was another's by then.
 */
function isTimedOut({ status, attempts }: Command, slot: Slot): boolean {
  const last = attempts.at(-1);
  return status === 'timed-out' && last !== undefined && isSameAttempt(last, slot);
}

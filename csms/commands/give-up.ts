import { live } from '../connections/life.js';
import { keepUnanswered } from '../messages/keep.js';
import { announceSettled } from './announce.js';
import { unanswered } from './life.js';
import type { CommandPorts, Slot } from './ports.js';

/** Gives a CALL up that nobody answered, and frees the slot if it still holds it. */
export async function giveUp(slot: Slot, ports: CommandPorts): Promise<void> {
  const { commands, connections, slots, clock } = ports;
  const { chargePointId, commandId, messageId, connectionId, deadline } = slot;
  const now = clock.now();
  const current = live(await connections.read(chargePointId), now);
  const changed = await commands.change(chargePointId, commandId, (command) =>
    unanswered(command, messageId, current?.connectionId, now),
  );
  const held = await slots.read(chargePointId);
  const isHeld = held?.messageId === messageId && held.connectionId === connectionId && held.deadline === deadline;
  // Whoever settled it and still holds the slot was interrupted before he could tell.
  if (changed && (changed.isChanged || isHeld)) await announceSettled(changed.command, ports);
  if (isHeld) await slots.release(slot);
  if (!changed?.isChanged) return;
  const protocol = current?.connectionId === connectionId ? current.protocol : undefined;
  await keepUnanswered(changed.command, messageId, protocol, ports);
}

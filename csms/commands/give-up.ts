import { live } from '../connections/life.js';
import { announceSettled } from './announce.js';
import { unanswered } from './life.js';
import type { CommandPorts, Slot } from './ports.js';

/** Gives the CALL up that holds the slot, and frees it. */
export async function giveUp(slot: Slot, ports: CommandPorts): Promise<void> {
  const { commands, connections, slots, clock } = ports;
  const { chargePointId, commandId, messageId } = slot;
  const now = clock.now();
  const current = live(await connections.read(chargePointId), now);
  const changed = await commands.change(chargePointId, commandId, (command) =>
    unanswered(command, messageId, current?.connectionId, now),
  );
  if (changed) await announceSettled(changed.command, ports);
  await slots.release(slot);
}

import { announceOutcome } from './announce.js';
import { expired } from './life.js';
import type { Command, CommandPorts } from './ports.js';

/** It waited too long. Told before it leaves the queue, where whoever is interrupted leaves it for the next. */
export async function expire(
  command: Command,
  { commands, events, clock }: Pick<CommandPorts, 'commands' | 'events' | 'clock'>,
): Promise<void> {
  const now = clock.now();
  const { chargePointId, commandId } = command;
  await announceOutcome(expired(command, now) ?? command, { events });
  await commands.change(chargePointId, commandId, (latest) => expired(latest, now));
}

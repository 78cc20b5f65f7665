import { mostAtOnce, seeToEach } from '../due.js';
import { dispatch } from './dispatch.js';
import { expire } from './expire.js';
import { giveUp } from './give-up.js';
import { isExpired, isSettled, lookedAt } from './life.js';
import type { Command, CommandPorts } from './ports.js';

/**
 * Looks at commands that should be settled by now. Those of a charge point that stays away expire; what somebody failed
 * to send, to give up or to wake is done in his place.
 */
export async function sweepCommands(ports: CommandPorts): Promise<void> {
  const due = await ports.commands.due(ports.clock.now(), mostAtOnce);
  await seeToEach(due, (one) => seeTo(one, ports));
}

async function seeTo(
  { chargePointId, commandId }: Pick<Command, 'chargePointId' | 'commandId'>,
  ports: CommandPorts,
): Promise<void> {
  const { commands, clock } = ports;
  const now = clock.now();
  const command = await commands.find(chargePointId, commandId);
  // The index may be behind.
  if (!command || isSettled(command)) return;
  if (command.status === 'queued' && isExpired(command, now)) return expire(command, ports);

  const attempt = command.attempts.at(-1);
  if (command.status === 'sent' && attempt && Date.parse(attempt.deadline) <= now.getTime()) {
    await giveUp({ chargePointId, commandId, ...attempt }, ports);
  }
  await dispatch(chargePointId, ports);
  await commands.change(chargePointId, commandId, (latest) => lookedAt(latest, now));
}

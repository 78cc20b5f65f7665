import { announceRefusals } from '../configuration/refusals.js';
import { isSettled } from './life.js';
import type { Command, CommandPorts } from './ports.js';

/** Tells what became of a command, again if need be: whoever changed it may have been interrupted before he could. */
export async function announceSettled(command: Command, { events }: Pick<CommandPorts, 'events'>): Promise<void> {
  if (!isSettled(command)) return;
  const { chargePointId, commandId, action, status, late, outcome, reason, desired, taskId } = command;
  await events.emit(chargePointId, 'command-settled', `${commandId}-${status}`, {
    commandId,
    action,
    status,
    ...(late && { late }),
    ...(outcome?.type === 'CALLRESULT' && { response: outcome.payload }),
    ...(reason && { reason }),
    ...(desired && { desired }),
    ...(taskId && { taskId }),
  });
  await announceRefusals(command, { events });
}

/** Tells that a CALL never became a command. */
export async function announceRefusal(
  { chargePointId, messageId, action }: { chargePointId: string; messageId: string; action: string },
  reason: string,
  { events }: Pick<CommandPorts, 'events'>,
): Promise<void> {
  const id = `${messageId}-refused`;
  await events.emit(chargePointId, 'command-settled', id, { commandId: messageId, action, status: 'failed', reason });
}

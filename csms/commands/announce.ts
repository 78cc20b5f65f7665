import { type CommandRefusalCode, commandRefusals } from '../../schemas/command-refusals.js';
import { announceRefusals } from '../configuration/refusals.js';
import { withoutSecrets } from '../without-secrets.js';
import { isSettled } from './life.js';
import type { Command, CommandPorts } from './ports.js';
import { codeOf } from './refusal.js';

/** Tells what became of a command, again if need be: whoever changed it may have been interrupted before he could. */
export async function announceSettled(
  command: Command,
  ports: Pick<CommandPorts, 'events' | 'history'>,
): Promise<void> {
  await announceOutcome(command, ports);
  await announceRefusals(command, ports);
}

/** The same of what can't have been for nothing, as of what was cancelled. */
export async function announceOutcome(command: Command, { events }: Pick<CommandPorts, 'events'>): Promise<void> {
  if (!isSettled(command)) return;
  const code = codeOf(command);
  const { chargePointId, commandId, action, status, late, outcome, reason, desired, taskId } = command;
  await events.emit(chargePointId, 'command-settled', `${commandId}-${status}`, {
    commandId,
    action,
    status,
    ...(late && { late }),
    ...(outcome?.type === 'CALLRESULT' && { response: withoutSecrets(outcome.payload) }),
    ...(code && { code }),
    ...(reason && { reason }),
    ...(desired && { desired }),
    ...(taskId && { taskId }),
  });
}

/** An event must fit into a message of AWS IoT, 128 KB, whatever somebody publishes. */
const longestName = 1_000;

/** Tells that a CALL never became a command. @returns why */
export async function announceRefusal(
  { chargePointId, messageId, action }: { chargePointId: string; messageId: string; action: string },
  code: CommandRefusalCode,
  { events }: Pick<CommandPorts, 'events'>,
): Promise<CommandRefusalCode> {
  const commandId = messageId.slice(0, longestName);
  const id = `${commandId}-refused`;
  const refused = {
    commandId,
    action: action.slice(0, longestName),
    status: 'failed',
    code,
    reason: commandRefusals[code],
  } as const;
  await events.emit(chargePointId, 'command-settled', id, refused);
  return code;
}

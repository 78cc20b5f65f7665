import type { Clock } from '../clock.js';
import type { Calls } from '../frame-topics.js';
import { callFrame } from '../ocpp/frame.js';
import { lifetimeOf } from './actions.js';
import { dueWhenQueued } from './life.js';
import type { Command, Commands } from './ports.js';

/** What is asked of a charge point by the system itself. */
export type Request = Pick<Command, 'chargePointId' | 'commandId' | 'action' | 'payload' | 'desired' | 'taskId'> & {
  /** ISO 8601 UTC; otherwise as long as it is worth sending. */
  expiresAt?: string;
};

/** Writes a command, and publishes its CALL, of which the command says more than its frame can. Told twice it is one command. @returns it */
export async function askFor(
  { expiresAt, ...request }: Request,
  { commands, calls, clock }: { commands: Commands; calls: Calls; clock: Clock },
): Promise<Command> {
  const { chargePointId, commandId, action } = request;
  const now = clock.now();
  const until = expiresAt ?? new Date(now.getTime() + lifetimeOf(action)).toISOString();
  const command = await commands.add({
    ...request,
    status: 'queued',
    order: `${now.toISOString()}#${commandId}`,
    expiresAt: until,
    dueAt: dueWhenQueued(until, now),
    attempts: [],
  });
  // Of two that ask at once, the CALL is that of the first: another would be another command under its id.
  if (command.status === 'queued') await calls.ask(chargePointId, callFrame(commandId, action, command.payload));
  return command;
}

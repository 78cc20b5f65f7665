import type { Clock } from '../clock.js';
import type { Calls } from '../frame-topics.js';
import { callFrame } from '../ocpp/frame.js';
import { type Asked, queued } from './life.js';
import type { Command, Commands } from './ports.js';

/**
 * Asks a charge point for something in the system's own name: writes a command, and publishes its CALL, of which the command
 * says more than its frame can. Told twice it is one command.
 *
 * @returns it
 */
export async function askFor(
  asked: Asked,
  { commands, calls, clock }: { commands: Commands; calls: Calls; clock: Clock },
): Promise<Command> {
  const { chargePointId, commandId, action } = asked;
  const command = await commands.add(queued(asked, clock.now()));
  // Of two that ask at once, the CALL is that of the first: another would be another command under its id.
  if (command.status === 'queued') await calls.ask(chargePointId, callFrame(commandId, action, command.payload));
  return command;
}

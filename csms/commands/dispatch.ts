import { createHash } from 'node:crypto';
import { commandRefusals } from '../../schemas/command-refusals.js';
import { isWithheld, noteTriggered } from '../charge-points/registration.js';
import { live } from '../connections/life.js';
import { type Connection, SocketGone } from '../connections/ports.js';
import { commandTables } from '../ocpp/command-tables.js';
import { OcppError } from '../ocpp/errors.js';
import { callFrame } from '../ocpp/frame.js';
import { announceSettled } from './announce.js';
import { checkCommand } from './check.js';
import { expire } from './expire.js';
import { giveUp } from './give-up.js';
import { isExpired, sent, type Unsendable, unsendable } from './life.js';
import type { Command, CommandPorts, Slot } from './ports.js';

/**
 * Sends the queued command that comes first, if the charge point has a connection and owes no answer on it. Whoever may
 * have made that possible calls this after he did: who queues a command, who frees the slot, who finds a connection.
 */
export async function dispatch(chargePointId: string, ports: CommandPorts): Promise<void> {
  const { chargePoints, commands, connections, slots, timers, clock, stage } = ports;
  for (;;) {
    const now = clock.now();
    const command = await commands.first(chargePointId);
    if (!command) return;
    if (isExpired(command, now)) {
      await expire(command, ports);
      continue;
    }
    const registration = await chargePoints.registration(chargePointId, stage.registrationStatus);
    // B03.FR.03: it gets no CALL, until a boot of its is answered otherwise.
    if (registration === 'Rejected') return;
    if (isWithheld(command.action, registration)) {
      const code = 'charge-point-pending';
      await refuse(command, { code, reason: commandRefusals[code] }, ports);
      continue;
    }
    // Before the connection, or a slot of one that is newer would seem to be of one that is gone.
    const held = await slots.read(chargePointId);
    const connection = live(await connections.read(chargePointId), now);
    if (!connection) return;
    if (held && Date.parse(held.deadline) <= now.getTime()) {
      await giveUp(held, ports);
      continue;
    }
    // What a connection that is no longer current owes keeps nothing from being sent.
    if (held?.connectionId === connection.connectionId) return;
    // The slot no longer says what a restored connection owed when it was replaced.
    const restsUntil = Date.parse(connection.restoredAt ?? '') + stage.commandTimeout * 1_000;
    if (restsUntil > now.getTime()) {
      return timers.send({ kind: 'queue', chargePointId, connectionId: connection.connectionId, due: restsUntil });
    }
    const payload = await payloadOf(command, connection);
    if (payload instanceof OcppError) {
      const code = payload.code === 'NotImplemented' ? 'action-unknown' : 'payload-invalid';
      await refuse(command, { code, reason: payload.message }, ports);
      continue;
    }
    if (registration === 'Pending') await noteTriggered(command, now, commands);
    if (await send(command, payload, connection, held, ports)) return;
  }
}

/** The payload as it goes on the wire, or why it can't: compact, its members in the order of the schema. */
async function payloadOf({ action, payload }: Command, { protocol }: Connection): Promise<string | OcppError> {
  try {
    if (!Object.hasOwn(commandTables[protocol], action)) {
      return new OcppError('NotImplemented', `${protocol} has no command ${action}.`);
    }
    return JSON.stringify(await checkCommand(protocol, action, JSON.parse(payload)));
  } catch (error) {
    if (error instanceof OcppError) return error;
    // Whatever somebody queued, what comes after it is to be sent.
    if (error instanceof SyntaxError) return new OcppError('FormatViolation', 'The payload is not JSON.');
    throw error;
  }
}

/** Told before it leaves the queue, where whoever is interrupted leaves it for the next. */
async function refuse(command: Command, why: Unsendable, ports: CommandPorts): Promise<void> {
  const { commands, clock } = ports;
  const { chargePointId, commandId } = command;
  const now = clock.now();
  await announceSettled(unsendable(command, why, now) ?? command, ports);
  await commands.change(chargePointId, commandId, (latest) => unsendable(latest, why, now));
}

/** @returns false when the command is no longer to be sent, and another may be */
async function send(
  command: Command,
  payload: string,
  { connectionId }: Connection,
  held: Slot | undefined,
  ports: CommandPorts,
): Promise<boolean> {
  const { commands, slots, sockets, timers, events, clock, stage } = ports;
  const { chargePointId, commandId, action } = command;
  const now = clock.now();
  const deadline = new Date(now.getTime() + stage.commandTimeout * 1_000);
  const messageId = nextMessageId(command);
  const attempt = { messageId, connectionId, sentAt: now.toISOString(), deadline: deadline.toISOString() };
  const slot = { chargePointId, commandId, ...attempt };

  // Before the slot is taken, so that it is never held for ever.
  await timers.send({ kind: 'command', chargePointId, commandId, ...attempt, due: deadline.getTime() });
  if (messageId !== commandId) await commands.alias(chargePointId, messageId, commandId);
  if (!(await slots.take(slot, held))) return true;
  // Marked before it is posted: after a crash between the two nobody knows whether it arrived, and nobody posts it again.
  const mark = (latest: Command) => sent(latest, attempt, clock.now());
  const marked = await commands.change(chargePointId, commandId, mark, command);
  if (!marked?.isChanged) {
    await slots.release(slot);
    return false;
  }
  try {
    await sockets.postOnce(connectionId, callFrame(messageId, action, payload));
  } catch (error) {
    // It may have arrived all the same: its time-out decides.
    if (error instanceof SocketGone) return true;
    throw error;
  }
  await events.emit(chargePointId, 'command-sent', messageId, { commandId, messageId, action, connectionId });
  return true;
}

/** OCPP 2.0.1 Part 4, 4.1.4: a message id is never used twice, not even to say the same again. At most 36 characters. */
function nextMessageId({ commandId, attempts }: Command): string {
  if (attempts.length === 0) return commandId;
  return createHash('sha256').update(`${commandId} ${attempts.length}`).digest('hex').slice(0, 32);
}

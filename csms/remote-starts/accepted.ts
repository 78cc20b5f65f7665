import type { Command } from '../commands/ports.js';
import type { EffectContext } from '../ocpp/effect.js';
import { claim } from './join.js';
import { keepStartProfile } from './profile.js';
import { remoteStartOf } from './remote-start.js';

const hour = 60 * 60_000;

/**
 * F01, F02/5.11: a remote start was accepted, so a transaction is to come.
 *
 * @param transactionId 2.x: of the transaction that was there already, waiting for it
 */
export async function remoteStartAccepted(
  { command, at, transactionId }: { command: Command; at: Date; transactionId?: string | undefined },
  context: EffectContext,
): Promise<void> {
  const { chargePointId, inventory, transactions } = context;
  const detail = remoteStartOf(command);
  if (!detail) return;
  const { commandId } = command;
  const until = new Date(at.getTime() + hour);
  await inventory.put({ chargePointId, kind: 'remote-start', key: commandId, at, detail, until });
  if (transactionId === undefined || !(await claim(commandId, { chargePointId, transactionId }, context))) return;
  await keepStartProfile(
    command,
    { transactionId, ...(detail.evseId !== undefined && { evseId: detail.evseId }) },
    context,
  );
  await transactions.change(chargePointId, transactionId, (known) =>
    known && known.commandId === undefined ? { ...known, commandId } : undefined,
  );
}

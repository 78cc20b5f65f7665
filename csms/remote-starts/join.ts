import type { Command } from '../commands/ports.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { TransactionEvent } from '../transactions/event.js';
import type { StoredTransaction, Transaction } from '../transactions/ports.js';
import { isToldLate } from '../transactions/presented.js';
import { keepStartProfile } from './profile.js';
import { isStartedBy, type RemoteStart, remoteStartOf, type ToldStart } from './remote-start.js';

/** 1.6 has no number for a remote start: the first start with its token within this time after it was accepted is meant. */
const startsWithin = 120_000;

/** A clock may show the time of another zone. A start that is older was kept by the charge point. */
const slowest = 24 * 60 * 60_000;

type Ports = Pick<HandlerContext, 'commands' | 'inventory' | 'slots' | 'transactions'>;

/**
 * Joins a transaction to the remote start that asked for it, if one did: the command then names the transaction, and the
 * transaction the command. A remote start has one transaction, and a transaction one remote start.
 */
export async function joinRemoteStart(
  event: TransactionEvent,
  transaction: StoredTransaction,
  context: HandlerContext,
): Promise<StoredTransaction> {
  const told = startIn(event);
  if (!told || transaction.commandId !== undefined) return transaction;
  const { chargePointId, transactionId } = transaction;
  for (const { commandId } of await askedFor(told, event, context)) {
    const ids = { chargePointId, transactionId };
    const command = (await claim(commandId, ids, context)) ?? (await takeOver(commandId, event, context));
    if (!command) continue;
    await keepStartProfile(command, transaction, context);
    const joined = await context.transactions.change(chargePointId, transactionId, (known) =>
      known && known.commandId === undefined ? startedBy(known, commandId) : undefined,
    );
    return joined ?? transaction;
  }
  return transaction;
}

/** Who answered a remote start had a connection: that a start of 1.6 seems to be kept since then is its clock, which is slow. */
function startedBy({ offline, ...known }: Transaction, commandId: string): Transaction {
  return { ...known, ...(offline && known.startKey === undefined && { offline }), commandId };
}

/** @returns the command, if it has this transaction and no other */
export async function claim(
  commandId: string,
  { chargePointId, transactionId }: { chargePointId: string; transactionId: string },
  { commands }: Pick<Ports, 'commands'>,
): Promise<Command | undefined> {
  const changed = await commands.change(chargePointId, commandId, (command) =>
    command.transactionId === undefined ? { ...command, transactionId } : undefined,
  );
  return changed?.command.transactionId === transactionId ? changed.command : undefined;
}

/**
 * 1.6: a start that is late was kept, or its clock is slow. One that is not late shows that the clock is right: so a late one
 * that came before it, with the same token on the same connector, was kept, and not what the remote start asked for.
 */
async function takeOver(
  commandId: string,
  { chargePointId, transactionId, remoteStartId, offline }: TransactionEvent,
  { commands, transactions }: Pick<Ports, 'commands' | 'transactions'>,
): Promise<Command | undefined> {
  if (remoteStartId !== undefined || offline) return undefined;
  const other = (await commands.find(chargePointId, commandId))?.transactionId;
  const kept = other === undefined ? undefined : await transactions.find(chargePointId, other);
  if (other === undefined || !kept?.startedAt || !isToldLate(kept.startedAt)) return undefined;
  await transactions.change(chargePointId, other, (known) => known && notStartedBy(known, commandId));
  const changed = await commands.change(chargePointId, commandId, (command) =>
    command.transactionId === other ? { ...command, transactionId } : undefined,
  );
  return changed?.command.transactionId === transactionId ? changed.command : undefined;
}

function notStartedBy({ commandId, ...known }: Transaction, taken: string): Transaction | undefined {
  return commandId === taken ? { ...known, offline: true } : undefined;
}

function startIn(event: TransactionEvent): ToldStart | undefined {
  const { type, at, receivedAt, idToken, evseId, remoteStartId, startKey, offline } = event;
  if (remoteStartId !== undefined) return { remoteStartId };
  const isKept = offline && receivedAt.getTime() - at.getTime() > slowest;
  const isStart16 = type === 'started' && startKey !== undefined && !isKept;
  if (!isStart16 || !idToken) return undefined;
  return { idToken: idToken.idToken, ...(evseId !== undefined && { evseId }) };
}

/** Those that name the connector before those that leave it open, then the oldest first. */
async function askedFor(
  told: ToldStart,
  { chargePointId, receivedAt, offline }: TransactionEvent,
  ports: Ports,
): Promise<RemoteStart[]> {
  // One whose answer is still waited for, or being settled, holds the slot; it is in the inventory before it lets go of it.
  const owed = await ports.slots.read(chargePointId);
  const sent = owed && (await ports.commands.find(chargePointId, owed.commandId));
  const underWay = sent && remoteStartOf(sent);
  const accepted = (await ports.inventory.list(chargePointId, 'remote-start'))
    .filter(({ at }) => told.remoteStartId !== undefined || receivedAt.getTime() - at.getTime() <= startsWithin)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ detail }) => detail as RemoteStart);
  // A start that seems to be older than the remote start is meant by its answer only.
  const mayBeMeant = underWay && !(offline && told.remoteStartId === undefined) ? [underWay] : [];
  const meant = [...accepted, ...mayBeMeant].filter((one) => isStartedBy(one, told));
  return meant.sort((a, b) => Number(a.evseId === undefined) - Number(b.evseId === undefined));
}

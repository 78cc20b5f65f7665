import { createHash } from 'node:crypto';
import type { Events } from '../events.js';
import { missingEvents } from './missing-events.js';
import type { StoredTransaction, Transaction } from './ports.js';

export async function announceStarted(transaction: Transaction, events: Events): Promise<void> {
  const { chargePointId, transactionId, startedAt, begin, remoteStartId, reservationId, commandId, offline } =
    transaction;
  await events.emit(chargePointId, 'transaction-started', `${transactionId}-started`, {
    ...identityOf(transaction),
    ...(startedAt && { startedAt: startedAt.value }),
    ...(begin && { meterStart: begin.wh }),
    ...(remoteStartId !== undefined && { remoteStartId }),
    ...(reservationId !== undefined && { reservationId }),
    ...(commandId !== undefined && { commandId }),
    ...(offline && { offline }),
  });
}

export async function announceUpdated(transaction: Transaction, events: Events): Promise<void> {
  const { chargePointId, transactionId, updateBy, chargingState, energy } = transaction;
  await events.emit(chargePointId, 'transaction-updated', `${transactionId}-updated-${updateBy}`, {
    ...identityOf(transaction),
    ...(chargingState && { chargingState: chargingState.value }),
    ...(energy !== undefined && { energy }),
  });
}

/**
 * One that was forgotten and ends after all is told of again; and so is one of which a message that comes late says more, or
 * something else. Another hash of what is said is another event; that of the greater revision holds, whichever comes last.
 */
export async function announceEnded(transaction: StoredTransaction, events: Events): Promise<void> {
  const { chargePointId, transactionId, startedAt, ended, forgottenAt, begin, end, energy, offline } = transaction;
  const cost = costOf(transaction);
  const said = {
    ...identityOf(transaction),
    ...(startedAt && { startedAt: startedAt.value }),
    endedAt: ended?.value.at ?? forgottenAt ?? transaction.heardAt,
    ...(ended ? ended.value.reason && { reason: ended.value.reason } : { forgotten: true as const }),
    ...(begin && { meterStart: begin.wh }),
    ...(end && { meterStop: end.wh }),
    ...(energy !== undefined && { energy }),
    ...(cost && { cost }),
    ...(offline && { offline }),
    ...missingEvents(transaction),
  };
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16);
  const id = `${transactionId}-${ended ? 'ended' : 'forgotten'}-${hash}`;
  await events.emit(chargePointId, 'transaction-ended', id, { ...said, revision: transaction.revision });
}

/** 2.1: what it costs in all, by the station that calculated it; undefined where it couldn't. */
function costOf({ costDetails }: Transaction): { currency: string; exclTax?: number; inclTax?: number } | undefined {
  const { totalCost, failureToCalculate } = JSON.parse(costDetails?.value ?? '{}');
  const { currency, total } = totalCost ?? {};
  if (!currency || !total || failureToCalculate) return undefined;
  return { currency, exclTax: total.exclTax, inclTax: total.inclTax };
}

function identityOf(transaction: Transaction) {
  const { transactionId, evseId, connectorId } = transaction;
  const token = transaction.idToken?.value;
  return {
    transactionId,
    ...(evseId !== undefined && { evseId }),
    ...(connectorId !== undefined && { connectorId }),
    ...(token && { idToken: token.idToken, authorization: token.authorization }),
  };
}

import { isDeepStrictEqual } from 'node:util';
import { credible } from '../credible.js';
import { normalised } from '../id-tokens/normalised.js';
import type { MeterValue } from '../meter-values/ports.js';
import { OcppError } from '../ocpp/errors.js';
import type { HandlerContext } from '../ocpp/handler.js';
import { joinRemoteStart } from '../remote-starts/join.js';
import { acceptSentToken } from '../remote-starts/sent-token.js';
import { useReservation } from '../reservations/use.js';
import { announceEnded, announceStarted, announceUpdated } from './announce.js';
import type { TransactionEvent } from './event.js';
import { forget, forgetEarlier } from './forget.js';
import { hold } from './hold.js';
import { merge } from './merge.js';
import { over } from './over.js';
import { isDoubtful, orderOf, placeOf, timeOf } from './place.js';
import { isOpen, type StoredTransaction, type Transaction } from './ports.js';
import { isLate, isToldLate } from './presented.js';
import { withVerdict } from './tokens.js';

/** What happens so long after the end of a transaction of 2.x is in another one: its charge point counts anew. */
const longAfter = 24 * 60 * 60_000;

/**
 * Records what a message tells of a transaction, in any version, and does what follows from it. Told again it changes
 * nothing, and what follows is done again, since whoever did it may have been interrupted.
 *
 * @returns the transaction as it is now; undefined when the id is not one that this event can be about: 1.6 only
 * @throws {OcppError} PropertyConstraintViolation: the id is of one that ended long ago. Two would be billed as one
 */
export async function record(event: TransactionEvent, context: HandlerContext): Promise<StoredTransaction | undefined> {
  const { chargePointId, transactionId } = event;
  let isNewOnEvse = false;
  let isReused = false;
  const isAbout = (known: Transaction | undefined) => (known ? mayBeOf(event, known) : !event.isKnownOnly);
  const site = event.type === 'started' ? (await context.chargePoints.find(chargePointId))?.site : undefined;
  let isNew = false;
  const recorded = await context.transactions.change(chargePointId, transactionId, (known) => {
    isReused = known !== undefined && isLongAfter(event, known);
    if (isReused || !isAbout(known)) return undefined;
    isNew = known === undefined;
    const merged = merge(known, { ...event, site });
    isNewOnEvse = event.type === 'started' || !known || !isOpen(known) || known.evseId !== merged.evseId;
    return isDeepStrictEqual(merged, known) ? undefined : merged;
  });
  if (isReused) {
    throw new OcppError('PropertyConstraintViolation', `transactionId ${transactionId} is of one that ended long ago`);
  }
  if (!recorded || !isAbout(recorded)) return undefined;
  const transaction = isNew && event.type !== 'started' ? await placed(recorded, context) : recorded;
  await keepMeterValues(event, context);
  const isOver = isNewOnEvse && isOpen(transaction) && (await forgetEarlier(transaction, context));
  const authorized = isOver ? transaction : await withToken(transaction, event, context);
  await useReservation(event, context);
  const joined = await acceptSentToken(await joinRemoteStart(event, authorized, context), context);
  await announce(event, joined, context);
  if (isOver) await forget(joined, undefined, context);
  return joined;
}

/** Where the charge point of a transaction stands that began without anybody being told. */
async function placed(
  transaction: StoredTransaction,
  { chargePoints, transactions }: HandlerContext,
): Promise<StoredTransaction> {
  const { chargePointId, transactionId } = transaction;
  const site = (await chargePoints.find(chargePointId))?.site;
  if (site === undefined) return transaction;
  const transition = (known: Transaction | undefined) => known && { ...known, site };
  return (await transactions.change(chargePointId, transactionId, transition)) ?? transaction;
}

/** 1.6: the id that a start would get may be another's, and what names no transaction may be of before this one began. */
function mayBeOf({ startKey, isUnnamed, meterValues, receivedAt }: TransactionEvent, known: Transaction): boolean {
  const isSince = ({ at }: MeterValue) => credible(new Date(at), receivedAt) >= new Date(known.firstAt);
  return (startKey === undefined || known.startKey === startKey) && (!isUnnamed || meterValues.every(isSince));
}

/** The ids of 1.6 are the CSMS's, and of one transaction each. */
function isLongAfter(event: TransactionEvent, { ended, protocol }: Transaction): boolean {
  const place = placeOf(event);
  if (!ended || protocol === 'ocpp1.6' || isDoubtful(place)) return false;
  return event.at.getTime() - Date.parse(ended.value.at) > longAfter;
}

async function keepMeterValues(
  { chargePointId, transactionId, evseId, meterValues, receivedAt }: TransactionEvent,
  context: HandlerContext,
): Promise<void> {
  if (meterValues.length === 0) return;
  await context.meterValues.add({
    ...{ chargePointId, transactionId, meterValues, receivedAt },
    ...(evseId !== undefined && { evseId }),
  });
}

/**
 * A token that may be in one transaction only is taken for this one; when it is in another as it is presented, it is
 * ConcurrentTx here, and the next that was presented is charged. Not where the start is told late: what was kept may long be
 * over, and says nothing of now. The price: one that began offline, or by a clock that is slow, and goes on keeps nobody from
 * a second one.
 */
async function withToken(
  transaction: StoredTransaction,
  event: TransactionEvent,
  context: HandlerContext,
): Promise<StoredTransaction> {
  const { chargePointId, transactionId } = transaction;
  const token = transaction.idToken?.value;
  const idToken = token && normalised(token.idToken);
  const { startedAt } = transaction;
  const isKept = startedAt ? isToldLate(startedAt) : isLate(event.at, event.receivedAt);
  const isWanted = token?.oneTransaction && token.authorization === 'Accepted' && isOpen(transaction) && !isKept;
  if (!idToken || !isWanted || (await hold(idToken, { chargePointId, transactionId }, context))) return transaction;
  // It went on after it was forgotten, and the token to another.
  if (!event.idToken) return transaction;
  const refused = await context.transactions.change(
    chargePointId,
    transactionId,
    (known) => known && withVerdict(known, token, 'ConcurrentTx'),
  );
  return refused ? withToken(refused, event, context) : transaction;
}

async function announce(
  event: TransactionEvent,
  transaction: StoredTransaction,
  context: HandlerContext,
): Promise<void> {
  const { type } = event;
  const place = placeOf(event);
  const { ended, forgottenAt, updateBy } = transaction;
  if (type === 'ended') return over(transaction, context);
  const isTold = type === 'started' || updateBy === orderOf(place);
  if (type === 'started') await announceStarted(transaction, context.events);
  else if (isTold) await announceUpdated(transaction, context.events);
  // What comes after the end was told may change what that said. That one that was forgotten goes on does so each time.
  const isOnlyLater = !isTold && forgottenAt !== undefined && timeOf(place) >= forgottenAt;
  if ((ended || forgottenAt) && !isOnlyLater) await announceEnded(transaction, context.events);
}

/**
 * What the events of a transaction add up to. They may come late, twice and in any order: the same ones make the same
 * transaction.
 */
import { registersOf } from '../meter-values/registers.js';
import { energyBetween, first, last, type TransactionRegister } from './energy.js';
import type { TransactionEvent } from './event.js';
import { forgotten } from './last-known.js';
import { withNumber } from './missing-events.js';
import { isDoubtful, numberOf, orderOf, outermost, placeOf, receivedAt, timeOf } from './place.js';
import type { Told, Transaction } from './ports.js';
import { isLate } from './presented.js';
import { withPresented } from './tokens.js';

/** `transaction-updated` is told once in each quarter of an hour at most. In milliseconds. */
const quarter = 15 * 60_000;

/** A register that was read so near to a start or an end, by the same clock, was read for it. In milliseconds. */
const sameMoment = 60_000;

/** @returns the transaction as it was known, with what an event tells of it */
export function merge(known: Transaction | undefined, event: TransactionEvent): Transaction {
  const { chargePointId, transactionId, protocol, type, idToken, reason } = event;
  const eventPlace = placeOf(event);
  const { by, after } = eventPlace;
  const at = timeOf(eventPlace);
  const of = type === 'updated' ? {} : { of: type };
  /** The arrival of what is not put in order by it is kept only where it says what time it was: items are paid by the kB. */
  const place = { by, ...(isDoubtful(eventPlace) && { after }) };
  const isStart = type === 'started';
  const isEnd = type === 'ended';
  const endsIt = isEnd || event.isStop === true;
  const silent = known?.silent && !isHeardAgain(event, known) ? known.silent : undefined;
  const isForgotten = known?.forgottenAt !== undefined && silent === known.silent;
  const isToldAgain = (isStart && known?.startedAt?.by === by) || (isEnd && known?.ended?.by === by);
  // 0 is the charge point itself, which charges nothing.
  const evse = event.evseId === 0 ? undefined : event;
  const registers = registersIn(event, known);
  const tokens = idToken && !endsIt ? withPresented(known ?? {}, { value: idToken, ...place, ...of }) : (known ?? {});
  const startedAt = onlyOne(known?.startedAt, isStart && { value: at, ...eventPlace }, 'first');
  const begin = first([known?.begin, ...registers]);
  const end = last([known?.end, ...registers]);
  const ended = onlyOne(known?.ended, isEnd && { value: { at, ...(reason && { reason }) }, ...place }, 'last');
  const told = (name: 'chargingState' | 'tariffId' | 'transactionLimit' | 'costDetails') =>
    newest(known?.[name], event[name] && { value: event[name], ...(isEnd ? place : eventPlace), ...of });
  const merged = withoutUndefined({
    chargePointId,
    transactionId,
    protocol,
    site: known?.site ?? event.site,
    evseId: known?.evseId ?? evse?.evseId,
    connectorId: known?.connectorId ?? evse?.connectorId,
    startedAt,
    ended,
    idToken: tokens.idToken,
    otherIdTokens: tokens.otherIdTokens,
    stopIdToken: onlyOne(known?.stopIdToken, endsIt && idToken && { value: idToken, ...place }, 'last'),
    chargingState: told('chargingState'),
    tariffId: told('tariffId'),
    transactionLimit: told('transactionLimit'),
    costDetails: told('costDetails'),
    remoteStartId: known?.remoteStartId ?? event.remoteStartId,
    reservationId: known?.reservationId ?? event.reservationId,
    chargingProfileIds: known?.chargingProfileIds,
    commandId: known?.commandId,
    offline: known?.offline || (event.offline && !isToldAgain) ? true : undefined,
    begin,
    end,
    energy: energyBetween(begin, end),
    seqNos: event.seqNo === undefined ? known?.seqNos : withNumber(known?.seqNos ?? [], event.seqNo),
    firstAt: startedAt?.value ?? (known && known.firstAt < at ? known.firstAt : at),
    updateBy: isEnd ? known?.updateBy : openerOf(known?.updateBy, orderOf(eventPlace)),
    heardAt: later(known?.heardAt, event.receivedAt.toISOString()),
    startKey: known?.startKey ?? event.startKey,
  });
  return isForgotten && !ended ? forgotten({ ...merged, ...(silent && { silent }) }) : merged;
}

/** Does a charge point that was silent for a day tell after all how it goes on? */
function isHeardAgain({ type, at, receivedAt, offline }: TransactionEvent, { heardAt }: Transaction): boolean {
  return type === 'updated' && receivedAt > new Date(heardAt) && !offline && !isLate(at, receivedAt);
}

/** What the meter of another connector or of the whole charge point shows is none of its business. */
function registersIn(event: TransactionEvent, known: Transaction | undefined): TransactionRegister[] {
  const { type, evseId, register, meterValues } = event;
  const isOwn = evseId !== 0 && (evseId ?? known?.evseId) === (known?.evseId ?? evseId);
  return [...(register ? [register] : []), ...(isOwn ? registersOf(meterValues) : [])].map((one) => {
    const readAt = new Date(one.at);
    const place = placeOf({ at: readAt, receivedAt: event.receivedAt });
    const isOf = type !== 'updated' && Math.abs(readAt.getTime() - event.at.getTime()) <= sameMoment;
    return {
      ...one,
      at: timeOf(place),
      ...(isDoubtful(place) && { said: one.at }),
      after: place.after,
      ...(isOf && { of: type }),
    };
  });
}

/**
 * A transaction has one start and one end. Told with several times, it is the first start and the last end that may be
 * right; and where none may, the one that was received first, since the charge point repeats it with another reception.
 */
function onlyOne<T>(
  a: Told<T> | undefined,
  b: Told<T> | false | undefined,
  which: 'first' | 'last',
): Told<T> | undefined {
  if (!a || !b) return a || b || undefined;
  if (isDoubtful(a) !== isDoubtful(b)) return isDoubtful(a) ? b : a;
  if (isDoubtful(a) || a.by === b.by) return receivedAt(b) + b.by < receivedAt(a) + a.by ? b : a;
  return b.by < a.by === (which === 'first') ? b : a;
}

/** What an end tells is the last, whatever the times of others. */
function newest<T>(known: Told<T> | undefined, told: Told<T> | '' | false | undefined): Told<T> | undefined {
  return outermost([known, told || undefined], {
    which: 'last',
    placeOf: (one) => one,
    levelOf: ({ of }) => (of === 'ended' ? 0 : 1),
    tie: ({ by }) => [numberOf(by)],
  });
}

/** Of two events the one in the later quarter of an hour; of those in the same the first. */
function openerOf(a: string | undefined, b: string): string {
  if (a === undefined) return b;
  const [quarterA, quarterB] = [quarterOf(a), quarterOf(b)];
  return quarterA === quarterB ? (a < b ? a : b) : quarterA > quarterB ? a : b;
}

function quarterOf(by: string): number {
  return Math.floor(Date.parse(by.slice(0, by.indexOf('#'))) / quarter);
}

function later(a: string | undefined, b: string): string {
  return a && a > b ? a : b;
}

function withoutUndefined(transaction: { [K in keyof Transaction]: Transaction[K] | undefined }): Transaction {
  return Object.fromEntries(Object.entries(transaction).filter(([, value]) => value !== undefined)) as never;
}

/**
 * What the events of a transaction add up to. They may come late, twice and in any order: the same ones make the same
 * transaction.
 */
import { registersOf } from '../meter-values/registers.js';
import { add } from '../sequence.js';
import { energyBetween, first, last, type TransactionRegister } from './energy.js';
import type { TransactionEvent } from './event.js';
import { numberOf, orderOf, outermost, placeOf } from './place.js';
import type { Told, Transaction } from './ports.js';
import { withPresented } from './tokens.js';

/** `transaction-updated` is told once in each quarter of an hour at most. In milliseconds. */
const quarter = 15 * 60_000;

/** A register that was read so near to a start or an end, by the same clock, was read for it. In milliseconds. */
const sameMoment = 60_000;

/** @returns the transaction as it was known, with what an event tells of it */
export function merge(known: Transaction | undefined, event: TransactionEvent): Transaction {
  const { chargePointId, transactionId, protocol, type, idToken, reason } = event;
  const eventPlace = placeOf(event);
  const { by, receivedAt, isDoubtful } = eventPlace;
  const at = isDoubtful ? receivedAt : event.at.toISOString();
  const of = type === 'updated' ? {} : { of: type };
  const told = <T>(value: T | undefined): Told<T> | undefined =>
    value === undefined ? undefined : { value, ...eventPlace };
  const isStart = type === 'started';
  const isEnd = type === 'ended';
  const endsIt = isEnd || event.isStop === true;
  const isToldAgain = (isStart && known?.startedAt?.by === by) || (isEnd && known?.ended?.by === by);
  // 0 is the charge point itself, which charges nothing.
  const place = event.evseId === 0 ? undefined : event;
  const registers = registersIn(event, known);
  const tokens =
    idToken && !endsIt
      ? withPresented(known ?? {}, { value: idToken, by, ...(isDoubtful && { receivedAt, isDoubtful }), ...of })
      : (known ?? {});
  const startedAt = onlyOne(known?.startedAt, told(isStart ? at : undefined), 'first');
  const begin = first([known?.begin, ...registers]);
  const end = last([known?.end, ...registers]);
  return withoutUndefined({
    chargePointId,
    transactionId,
    protocol,
    evseId: known?.evseId ?? place?.evseId,
    connectorId: known?.connectorId ?? place?.connectorId,
    startedAt,
    ended: onlyOne(known?.ended, told(isEnd ? { at, ...(reason && { reason }) } : undefined), 'last'),
    forgottenAt: known?.forgottenAt,
    idToken: tokens.idToken,
    otherIdTokens: tokens.otherIdTokens,
    stopIdToken: newest(known?.stopIdToken, endsIt && idToken && { ...eventPlace, ...of, value: idToken }),
    chargingState: newest(
      known?.chargingState,
      event.chargingState && { ...eventPlace, ...of, value: event.chargingState },
    ),
    remoteStartId: known?.remoteStartId ?? event.remoteStartId,
    reservationId: known?.reservationId ?? event.reservationId,
    chargingProfileIds: known?.chargingProfileIds,
    commandId: known?.commandId,
    offline: known?.offline || (event.offline && !isToldAgain) ? true : undefined,
    begin,
    end,
    energy: energyBetween(begin, end),
    seqNos: event.seqNo === undefined ? known?.seqNos : add(known?.seqNos ?? [], event.seqNo),
    firstAt: startedAt?.value ?? (known && known.firstAt < at ? known.firstAt : at),
    updateBy: isEnd ? known?.updateBy : openerOf(known?.updateBy, orderOf(eventPlace)),
    heardAt: later(known?.heardAt, receivedAt),
    startKey: known?.startKey ?? event.startKey,
  });
}

/** What the meter of another connector or of the whole charge point shows is none of its business. */
function registersIn(event: TransactionEvent, known: Transaction | undefined): TransactionRegister[] {
  const { type, at, receivedAt, evseId, register, meterValues } = event;
  const isOwn = evseId !== 0 && (evseId ?? known?.evseId) === (known?.evseId ?? evseId);
  return [...(register ? [register] : []), ...(isOwn ? registersOf(meterValues) : [])].map((one) => {
    const readAt = new Date(one.at);
    const place = placeOf({ at: readAt, receivedAt });
    const isOf = type !== 'updated' && Math.abs(readAt.getTime() - at.getTime()) <= sameMoment;
    return { ...one, ...place, ...(place.isDoubtful && { at: place.receivedAt }), ...(isOf && { of: type }) };
  });
}

/**
 * A transaction has one start and one end. Told with several times, it is the first start and the last end that may be
 * right; and where none may, the one that was received first, since the charge point repeats it with another reception.
 */
function onlyOne<T>(a: Told<T> | undefined, b: Told<T> | undefined, which: 'first' | 'last'): Told<T> | undefined {
  if (!a || !b) return a ?? b;
  if (a.isDoubtful !== b.isDoubtful) return a.isDoubtful ? b : a;
  if (a.isDoubtful || a.by === b.by) return `${b.receivedAt}${b.by}` < `${a.receivedAt}${a.by}` ? b : a;
  return b.by < a.by === (which === 'first') ? b : a;
}

/** What an end tells is the last, whatever the times of others. */
function newest<T>(known: Told<T> | undefined, told: Told<T> | '' | false | undefined): Told<T> | undefined {
  const tie = ({ by }: Told<T>) => [numberOf(by)];
  return outermost([known, told || undefined], { which: 'last', level: ({ of }) => (of === 'ended' ? 0 : 1), tie });
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

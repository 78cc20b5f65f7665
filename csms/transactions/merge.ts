/**
 * What the events of a transaction add up to. They may come late, twice and in any order: the same ones make the same
 * transaction.
 */
import { credible } from '../credible.js';
import { type Register, registersOf } from '../meter-values/registers.js';
import { add } from '../sequence.js';
import { energyBetween, first, last } from './energy.js';
import type { TransactionEvent } from './event.js';
import type { Told, Transaction } from './ports.js';
import { withPresented } from './tokens.js';

/** `transaction-updated` is told once in each quarter of an hour at most. In milliseconds. */
const quarter = 15 * 60_000;

/** Where an event has its place among those of its transaction: sorts by the charge point's time, then by number. */
export function placeOf({ at, seqNo = 0 }: TransactionEvent): string {
  return `${at.toISOString()}#${String(seqNo).padStart(10, '0')}`;
}

/** @returns the transaction as it was known, with what an event tells of it */
export function merge(known: Transaction | undefined, event: TransactionEvent): Transaction {
  const { chargePointId, transactionId, protocol, type, idToken, reason } = event;
  const at = event.at.toISOString();
  const by = placeOf(event);
  const told = <T>(value: T | undefined): Told<T> | undefined => (value === undefined ? undefined : { value, by });
  const isStart = type === 'started';
  const isEnd = type === 'ended';
  const endsIt = isEnd || event.isStop === true;
  const isToldAgain = (isStart && known?.startedAt?.by === by) || (isEnd && known?.ended?.by === by);
  // One that began before the charge point knew the time must not hide those that begin after it.
  const since = credible(event.at, event.receivedAt).toISOString();
  // 0 is the charge point itself, which charges nothing.
  const place = event.evseId === 0 ? undefined : event;
  const registers = registersIn(event, known);
  const tokens = idToken && !endsIt ? withPresented(known ?? {}, { value: idToken, by }) : (known ?? {});
  const begin = first([known?.begin, ...registers]);
  const end = last([known?.end, ...registers]);
  return withoutUndefined({
    chargePointId,
    transactionId,
    protocol,
    evseId: known?.evseId ?? place?.evseId,
    connectorId: known?.connectorId ?? place?.connectorId,
    startedAt: oldest(known?.startedAt, told(isStart ? at : undefined)),
    ended: newest(known?.ended, told(isEnd ? { at, ...(reason && { reason }) } : undefined)),
    forgottenAt: known?.forgottenAt,
    idToken: tokens.idToken,
    otherIdTokens: tokens.otherIdTokens,
    stopIdToken: newest(known?.stopIdToken, told(endsIt ? idToken : undefined)),
    chargingState: newest(known?.chargingState, told(event.chargingState)),
    remoteStartId: known?.remoteStartId ?? event.remoteStartId,
    reservationId: known?.reservationId ?? event.reservationId,
    chargingProfileIds: known?.chargingProfileIds,
    commandId: known?.commandId,
    offline: known?.offline || (event.offline && !isToldAgain) ? true : undefined,
    begin,
    end,
    energy: energyBetween(begin, end),
    seqNos: event.seqNo === undefined ? known?.seqNos : add(known?.seqNos ?? [], event.seqNo),
    firstAt: known && known.firstAt < since ? known.firstAt : since,
    updateBy: isEnd ? known?.updateBy : openerOf(known?.updateBy, by),
    heardAt: later(known?.heardAt, event.receivedAt.toISOString()),
    startKey: known?.startKey ?? event.startKey,
  });
}

/** What the meter of another connector or of the whole charge point shows is none of its business. */
function registersIn({ evseId, register, meterValues }: TransactionEvent, known: Transaction | undefined): Register[] {
  const isOwn = evseId !== 0 && (evseId ?? known?.evseId) === (known?.evseId ?? evseId);
  return [...(register ? [register] : []), ...(isOwn ? registersOf(meterValues) : [])];
}

/** Two events of one time and number are one event, told again. */
function oldest<T>(a: Told<T> | undefined, b: Told<T> | undefined): Told<T> | undefined {
  return a && b ? (b.by < a.by ? b : a) : (a ?? b);
}

function newest<T>(a: Told<T> | undefined, b: Told<T> | undefined): Told<T> | undefined {
  return a && b ? (b.by > a.by ? b : a) : (a ?? b);
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

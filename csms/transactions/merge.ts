/**
 * What the events of a transaction add up to. They may come late, twice and in any order: the same ones make the same
 * transaction.
 */
import { type Register, registersOf } from '../meter-values/registers.js';
import { add } from '../sequence.js';
import { energyBetween, first, last } from './energy.js';
import type { TransactionEvent } from './event.js';
import type { Told, Transaction } from './ports.js';

/** How often `transaction-updated` is told at most, in milliseconds. */
const updateInterval = 15 * 60_000;

/** @returns the transaction as it was known, with what an event tells of it */
export function merge(known: Transaction | undefined, event: TransactionEvent): Transaction {
  const { chargePointId, transactionId, protocol, type, idToken, reason } = event;
  const at = event.at.toISOString();
  const by = `${at}#${String(event.seqNo ?? 0).padStart(10, '0')}`;
  const told = <T>(value: T | undefined): Told<T> | undefined => (value === undefined ? undefined : { value, by });
  const isStart = type === 'started';
  const isEnd = type === 'ended';
  const endsIt = isEnd || event.isStop === true;
  const registers = registersIn(event, known);
  const begin = first([known?.begin, ...registers]);
  const end = last([known?.end, ...registers]);
  return withoutUndefined({
    chargePointId,
    transactionId,
    protocol,
    evseId: known?.evseId ?? event.evseId,
    connectorId: known?.connectorId ?? event.connectorId,
    startedAt: oldest(known?.startedAt, told(isStart ? at : undefined)),
    ended: newest(known?.ended, told(isEnd ? { at, ...(reason && { reason }) } : undefined)),
    forgottenAt: known?.forgottenAt,
    idToken: oldest(known?.idToken, told(endsIt ? undefined : idToken)),
    stopIdToken: newest(known?.stopIdToken, told(endsIt ? idToken : undefined)),
    chargingState: newest(known?.chargingState, told(event.chargingState)),
    remoteStartId: known?.remoteStartId ?? event.remoteStartId,
    reservationId: known?.reservationId ?? event.reservationId,
    offline: known?.offline || event.offline ? true : undefined,
    begin,
    end,
    energy: energyBetween(begin, end),
    seqNos: event.seqNo === undefined ? known?.seqNos : add(known?.seqNos ?? [], event.seqNo),
    firstAt: known && known.firstAt < at ? known.firstAt : at,
    updateAt: isStart || isUpdateDue(known?.updateAt, event.at) ? at : known?.updateAt,
    heardAt: later(known?.heardAt, event.receivedAt.toISOString()),
    startKey: known?.startKey ?? event.startKey,
  });
}

/** What the meter of another connector shows is none of its business. */
function registersIn({ evseId, register, meterValues }: TransactionEvent, known: Transaction | undefined): Register[] {
  if (known?.evseId !== undefined && evseId !== undefined && known.evseId !== evseId) return [];
  return [...(register ? [register] : []), ...registersOf(meterValues)];
}

/** Two events of one time and number are one event, told again. */
function oldest<T>(a: Told<T> | undefined, b: Told<T> | undefined): Told<T> | undefined {
  return a && b ? (b.by < a.by ? b : a) : (a ?? b);
}

function newest<T>(a: Told<T> | undefined, b: Told<T> | undefined): Told<T> | undefined {
  return a && b ? (b.by > a.by ? b : a) : (a ?? b);
}

function isUpdateDue(updateAt: string | undefined, at: Date): boolean {
  return updateAt === undefined || at.getTime() - Date.parse(updateAt) >= updateInterval;
}

function later(a: string | undefined, b: string): string {
  return a && a > b ? a : b;
}

function withoutUndefined(transaction: { [K in keyof Transaction]: Transaction[K] | undefined }): Transaction {
  return Object.fromEntries(Object.entries(transaction).filter(([, value]) => value !== undefined)) as never;
}

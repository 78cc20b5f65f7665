/**
 * Where what a message told has its place among what others told, whichever came first. The charge point's time says so.
 * Where that can't be, its place is that of its arrival: a charge point tells things in their order, also those that it kept.
 */
import { isCredible } from '../credible.js';

export interface Place {
  /** The charge point's time, then the sequence number. Told again it is the same. */
  by: string;
  /** ISO 8601 UTC. Missing in what was stored before this was kept. */
  receivedAt?: string;
  /** Can the charge point's time not be? */
  isDoubtful?: true;
}

export function placeOf(message: { at: Date; receivedAt: Date; seqNo?: number }): Place & { receivedAt: string } {
  const { at, receivedAt, seqNo = 0 } = message;
  return {
    by: `${at.toISOString()}#${String(seqNo).padStart(10, '0')}`,
    receivedAt: receivedAt.toISOString(),
    ...(!isCredible(at, receivedAt) && { isDoubtful: true }),
  };
}

/** Sorts by the time that holds, then by sequence number. */
export function orderOf({ by, receivedAt, isDoubtful }: Place): string {
  return isDoubtful ? `${receivedAt}#${numberOf(by)}` : by;
}

/** The sequence number, as text that sorts. */
export function numberOf(by: string): string {
  return by.slice(by.indexOf('#') + 1);
}

/** What can be the first or the last of its kind. */
export interface Contender<T> extends Place {
  /** The best of those whose times are doubtful where this one's is not, or the other way round. */
  beside?: T;
}

interface Contest<T> {
  which: 'first' | 'last';
  /** Those of the lowest level count, whatever the times of others. */
  level(one: T): number;
  /** Decides between those of one time. */
  tie(one: T): readonly (string | number)[];
}

/**
 * The first or the last of all that came, whatever the order that it came in. By their times those are compared whose times
 * are right; one of them and one that is doubtful by their arrival. So the best of either sort is kept, one beside the other.
 */
export function outermost<T extends Contender<T>>(
  all: readonly (T | undefined)[],
  { which, level, tie }: Contest<T>,
): T | undefined {
  const sign = which === 'first' ? 1 : -1;
  const each = all.filter((one) => one !== undefined).flatMap(apart);
  const lowest = Math.min(...each.map(level));
  const inTime = (a: T, b: T) =>
    sign * compared([orderOf(a), a.by, ...tie(a)], [orderOf(b), b.by, ...tie(b)]) ||
    compared([a.receivedAt], [b.receivedAt]);
  const arrived = (a: T, b: T) => sign * compared([a.receivedAt, ...tie(a)], [b.receivedAt, ...tie(b)]);
  const bestOf = (isDoubtful: boolean) =>
    each
      .filter((one) => level(one) === lowest && (one.isDoubtful ?? false) === isDoubtful)
      .reduce<T | undefined>((best, one) => (best && inTime(best, one) <= 0 ? best : one), undefined);
  const [certain, doubtful] = [bestOf(false), bestOf(true)];
  if (!certain || !doubtful) return certain ?? doubtful;
  return arrived(certain, doubtful) <= 0 ? { ...certain, beside: doubtful } : { ...doubtful, beside: certain };
}

function apart<T extends Contender<T>>(one: T): T[] {
  const { beside, ...own } = one;
  return beside ? [own as T, beside] : [own as T];
}

function compared(a: readonly unknown[], b: readonly unknown[]): number {
  const i = a.findIndex((one, i) => one !== b[i]);
  return i < 0 ? 0 : (a[i] as string) < (b[i] as string) ? -1 : 1;
}

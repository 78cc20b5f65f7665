/**
 * Where what a message told has its place among what others told, whichever came first. The charge point's time says so.
 * Where that can't be, its place is that of its arrival: a charge point tells things in their order, also those that it kept.
 */
import { isCredible } from '../credible.js';

export interface Place {
  /** The charge point's time, then the sequence number. Told again it is the same. */
  by: string;
  /** Milliseconds from then until it was received. Where it is missing, none. */
  after?: number;
}

export function placeOf({
  at,
  receivedAt,
  seqNo = 0,
}: {
  at: Date;
  receivedAt: Date;
  seqNo?: number;
}): Required<Place> {
  const number = String(seqNo).padStart(10, '0');
  return { by: `${at.toISOString()}#${number}`, after: receivedAt.getTime() - at.getTime() };
}

/** ISO 8601 UTC, as all times here. */
export function receivedAt({ by, after = 0 }: Place): string {
  return new Date(Date.parse(timeIn(by)) + after).toISOString();
}

/** Can the charge point's time not be? */
export function isDoubtful(place: Place): boolean {
  return !isCredible(new Date(timeIn(place.by)), new Date(receivedAt(place)));
}

/** The time that holds. */
export function timeOf(place: Place): string {
  return isDoubtful(place) ? receivedAt(place) : timeIn(place.by);
}

/** Sorts by the time that holds, then by sequence number. */
export function orderOf(place: Place): string {
  return `${timeOf(place)}#${numberOf(place.by)}`;
}

function timeIn(by: string): string {
  return by.slice(0, by.indexOf('#'));
}

/** The sequence number, as text that sorts. */
export function numberOf(by: string): string {
  return by.slice(by.indexOf('#') + 1);
}

/** What can be the first or the last of its kind. */
export interface Contender<T> {
  /** The best of those whose times are doubtful where this one's is not, or the other way round. */
  beside?: T;
}

interface Contest<T> {
  which: 'first' | 'last';
  placeOf(one: T): Place;
  /** Those of the lowest level count, whatever the times of others. */
  levelOf(one: T): number;
  /** Decides between those of one time. */
  tie(one: T): readonly (string | number)[];
}

/**
 * The first or the last of all that came, whatever the order that it came in. By their times those are compared whose times
 * are right; one of them and one that is doubtful by their arrival. So the best of either sort is kept, one beside the other.
 */
export function outermost<T extends Contender<T>>(
  all: readonly (T | undefined)[],
  { which, placeOf, levelOf, tie }: Contest<T>,
): T | undefined {
  const sign = which === 'first' ? 1 : -1;
  const each = all
    .filter((one) => one !== undefined)
    .flatMap(apart)
    .map((one) => ({ one, place: placeOf(one), level: levelOf(one), tie: tie(one) }));
  const lowest = Math.min(...each.map(({ level }) => level));
  type Entry = (typeof each)[number];
  const inTime = (a: Entry, b: Entry) =>
    sign * compared([orderOf(a.place), a.place.by, ...a.tie], [orderOf(b.place), b.place.by, ...b.tie]) ||
    compared([receivedAt(a.place)], [receivedAt(b.place)]);
  const arrived = (a: Entry, b: Entry) =>
    sign * compared([receivedAt(a.place), ...a.tie], [receivedAt(b.place), ...b.tie]);
  const bestOf = (isSought: boolean) =>
    each
      .filter(({ level, place }) => level === lowest && isDoubtful(place) === isSought)
      .reduce<Entry | undefined>((best, one) => (best && inTime(best, one) <= 0 ? best : one), undefined);
  const [certain, doubtful] = [bestOf(false), bestOf(true)];
  if (!certain || !doubtful) return (certain ?? doubtful)?.one;
  const [best, beside] = arrived(certain, doubtful) <= 0 ? [certain, doubtful] : [doubtful, certain];
  return { ...best.one, beside: beside.one };
}

function apart<T extends Contender<T>>(one: T): T[] {
  const { beside, ...own } = one;
  return beside ? [own as T, beside] : [own as T];
}

function compared(a: readonly unknown[], b: readonly unknown[]): number {
  const i = a.findIndex((one, i) => one !== b[i]);
  return i < 0 ? 0 : (a[i] as string) < (b[i] as string) ? -1 : 1;
}

import type { Refusal, Reservation } from './ports.js';

/**
 * Active; or how it ended: Used by a transaction, Cancelled, Expired, Removed by the charge point (or, in 2.1, without a
 * transaction: NoTransaction); or the word with which it was refused; undefined while nothing of that is known.
 */
export interface ReservationState {
  status: 'Active' | 'Used' | 'Cancelled' | 'Expired' | 'Removed' | 'NoTransaction' | Refusal | (string & {});
  /** Since when, ISO 8601 UTC. */
  since: string;
  /** Used: the transaction that used it first. */
  transactionId?: string;
}

/**
 * What stands at a reservation. What ended it before it was asked for (again) is about a former one of the same number. That
 * a transaction used it is certain; that its time is over is only assumed, as long as nothing else is told.
 */
export function stateOf(reservation: Reservation): ReservationState | undefined {
  const { asked, refused, cancelled, uses = [], told, expiredAt } = reservation;
  const from = asked?.at ?? '';
  const isOfThis = ({ at }: { at: string }) => at >= from;
  const use = uses.find(isOfThis);
  if (use) return { status: 'Used', since: use.at, transactionId: use.transactionId };
  const ends = [told, cancelled && { status: 'Cancelled', ...cancelled }].filter((end) => end && isOfThis(end));
  const [end] = ends.filter((one) => one !== undefined).sort((a, b) => (a.at > b.at ? -1 : 1));
  if (end) return { status: end.status, since: end.at };
  if (expiredAt && expiredAt >= from) return { status: 'Expired', since: expiredAt };
  if (asked) return { status: 'Active', since: asked.at };
  return refused && { status: refused.status, since: refused.at };
}

/** When it is over if nothing more is told of it; undefined when it is over, or never was. */
export function dueAt(reservation: Reservation): string | undefined {
  return stateOf(reservation)?.status === 'Active' ? reservation.asked?.expiresAt : undefined;
}

/** In ms: a month, for whoever asks what became of it. */
const kept = 30 * 24 * 60 * 60_000;

/** When nobody asks for it any more. */
export function keptUntil(reservation: Reservation): Date {
  const times = [stateOf(reservation)?.since ?? '', reservation.asked?.expiresAt ?? ''].map(
    (at) => Date.parse(at) || 0,
  );
  return new Date(Math.max(...times) + kept);
}

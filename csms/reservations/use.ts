import type { HandlerContext } from '../ocpp/handler.js';
import type { TransactionEvent } from '../transactions/event.js';
import { tellOf } from './change.js';

/** H03/4.8: a transaction names the reservation that it uses. Some charge points always name one, 0 or less for none. */
export async function useReservation(
  { reservationId, transactionId, receivedAt }: TransactionEvent,
  context: HandlerContext,
): Promise<void> {
  if (reservationId === undefined || reservationId < 1) return;
  await tellOf(reservationId, { used: { at: receivedAt.toISOString(), transactionId } }, context);
}

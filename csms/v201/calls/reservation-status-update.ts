import type { Handler } from '../../ocpp/handler.js';

/** In ms: a month, for whoever asks what became of it. */
const kept = 30 * 24 * 60 * 60 * 1_000;

/** H01, H04: a reservation expired, or the station could not keep it; that is kept, and told. */
export const reservationStatusUpdate: Handler<'ocpp2.1', 'ReservationStatusUpdate'> = async (
  { reservationId, reservationUpdateStatus: status },
  { chargePointId, receivedAt: at, inventory, events },
) => {
  const until = new Date(at.getTime() + kept);
  const item = { chargePointId, kind: 'reservation', key: String(reservationId), at } as const;
  const isNewest = await inventory.put({ ...item, detail: { status }, until });
  const id = `${reservationId}-${at.toISOString()}`;
  if (isNewest) await events.emit(chargePointId, 'reservation-status', id, { reservationId, status });
  return {};
};

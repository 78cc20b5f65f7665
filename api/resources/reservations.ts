import * as z from 'zod/mini';
import type { Reservation } from '../../csms/reservations/ports.js';
import { stateOf } from '../../csms/reservations/state.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { chargePointId, nothing, ofChargePoint } from '../params.js';
import { Problem } from '../problem.js';

const ofReservation = z.strictObject({
  chargePointId,
  reservationId: z.coerce.number().check(z.int()),
});

const shownReservation = z.object({
  reservationId: z.number(),
  /** Missing while nothing of it is known but its number. */
  status: z.optional(z.string()),
  since: z.optional(z.string()),
  transactionId: z.optional(z.string()),
  evseId: z.optional(z.number()),
  connectorType: z.optional(z.string()),
  idToken: z.optional(z.string()),
  groupIdToken: z.optional(z.string()),
  askedAt: z.optional(z.string()),
  expiresAt: z.optional(z.string()),
  commandId: z.optional(z.string()),
});

function shown(reservation: Reservation): z.infer<typeof shownReservation> {
  const { reservationId, asked, refused } = reservation;
  const { at: askedAt, status: _, ...wanted } = { status: undefined, ...(asked ?? refused) };
  return { reservationId, ...stateOf(reservation), ...(askedAt && { askedAt }), ...wanted };
}

const listReservations = operation({
  id: 'listReservations',
  method: 'GET',
  path: '/charge-points/{chargePointId}/reservations',
  summary: "A charge point's reservations, the last asked for first, until a month after they ended",
  role: 'viewer',
  params: ofChargePoint,
  query: nothing,
  answers: { 200: { description: 'All of them', schema: z.object({ items: z.array(shownReservation) }) } },
  example: { params: { chargePointId: 'CP1' }, status: 200 },
  async handle({ params }, ports) {
    await readChargePoint(params.chargePointId, ports);
    const items = (await ports.reservations.list(params.chargePointId)).map(shown);
    const asked = ({ askedAt = '' }: { askedAt?: string | undefined }) => askedAt;
    return { status: 200, body: { items: items.sort((a, b) => (asked(a) > asked(b) ? -1 : 1)) } };
  },
});

const getReservation = operation({
  id: 'getReservation',
  method: 'GET',
  path: '/charge-points/{chargePointId}/reservations/{reservationId}',
  summary: 'A reservation: whether it is Active, or how it ended or was refused',
  role: 'viewer',
  params: ofReservation,
  query: nothing,
  answers: { 200: { description: 'It', schema: shownReservation } },
  example: { params: { chargePointId: 'CP1', reservationId: '17' }, status: 200 },
  async handle({ params }, ports) {
    await readChargePoint(params.chargePointId, ports);
    const found = await ports.reservations.find(params.chargePointId, params.reservationId);
    if (!found) {
      throw new Problem('reservation-unknown', 'List the reservations of the charge point for those that are known.');
    }
    return { status: 200, body: shown(found) };
  },
});

export const reservationOperations = [listReservations, getReservation];

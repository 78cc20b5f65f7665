import { allocate, type NumberPorts } from '../numbers/allocate.js';
import type { Reservations } from './ports.js';

/** The number of a new reservation: one that no other of the charge point has, whoever numbered it. */
export async function allocateReservationId(
  { chargePointId, commandId }: { chargePointId: string; commandId: string },
  ports: NumberPorts & { reservations: Reservations },
): Promise<number> {
  const isTaken = async (id: number) => (await ports.reservations.find(chargePointId, id)) !== undefined;
  return allocate({ chargePointId, commandId, series: 'reservation' }, ports, isTaken);
}

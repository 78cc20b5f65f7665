import { allocate, type NumberPorts } from '../numbers/allocate.js';

/** The id of a new charging profile: one that no other has that is known of the charge point, whoever set it. */
export async function allocateProfileId(
  { chargePointId, commandId }: { chargePointId: string; commandId: string },
  ports: NumberPorts,
): Promise<number> {
  const isTaken = async (id: number) =>
    (await ports.inventory.find(chargePointId, 'charging-profile', String(id))) !== undefined;
  return allocate({ chargePointId, commandId, series: 'charging-profile' }, ports, isTaken);
}

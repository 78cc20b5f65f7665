import type { ChargePointRecord } from '../csms/charge-points/records.js';
import { firmwareKey } from '../csms/files/keys.js';
import type { StoredFile } from '../csms/files/ports.js';
import type { ApiPorts } from './ports.js';
import { Problem } from './problem.js';

/** @throws {Problem} when it is none of this stage's */
export async function readChargePoint(
  id: string,
  { chargePointRecords, stage }: Pick<ApiPorts, 'chargePointRecords' | 'stage'>,
): Promise<ChargePointRecord> {
  const record = await chargePointRecords.read(id);
  if (record?.registered && record.namespace === stage.namespace) return record;
  throw new Problem('charge-point-unknown', `Register ${id} first: POST /charge-points.`);
}

/** @throws {Problem} when there is none of this name */
export async function readFirmware(name: string, { files }: Pick<ApiPorts, 'files'>): Promise<StoredFile> {
  const key = firmwareKey(name);
  const found = (await files.find(key)).find((file) => file.key === key);
  if (found) return found;
  throw new Problem('firmware-unknown', 'List the firmware, GET /firmware, for what there is.');
}

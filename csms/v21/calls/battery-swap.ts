import type { BatteryDataType } from '../../../schemas/generated/ocpp2.1/types.js';
import { decimal } from '../../decimal.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** S03: batteries were put in or taken out; kept, and told. Nothing of it can be refused. */
export const batterySwap: Handler<'ocpp2.1', 'BatterySwap'> = async (
  { requestId, eventType, idToken, batteryData },
  { chargePointId, receivedAt: at, history, events },
) => {
  const token = pick(idToken, 'idToken', 'type');
  const detail = { requestId, eventType, idToken: token, batteries: batteryData.map(batteryOf) };
  const id = `${requestId}-${eventType}`;
  await history.add({ chargePointId, kind: 'battery-swap', at, id, detail });
  await events.emit(chargePointId, 'battery-swap', `${id}-${at.toISOString()}`, detail);
  return {};
};

function batteryOf(battery: BatteryDataType) {
  const told = pick(battery, 'evseId', 'serialNumber', 'soC', 'soH', 'productionDate', 'vendorInfo');
  return { ...told, soC: decimal(told.soC), soH: decimal(told.soH) };
}

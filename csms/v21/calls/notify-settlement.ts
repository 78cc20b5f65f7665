import { credible } from '../../credible.js';
import { decimal } from '../../decimal.js';
import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/**
 * C19, C21, C22: what became of a payment at the station's terminal; kept, and told without the company on the receipt.
 * No receipts are made here, so the answer has none (C21.FR.03).
 */
export const notifySettlement: Handler<'ocpp2.1', 'NotifySettlement'> = async (
  { settlementTime, settlementAmount: amount, ...request },
  { chargePointId, receivedAt, history, events },
) => {
  const at = credible(dateTime(settlementTime), receivedAt);
  const told = {
    ...pick(request, 'transactionId', 'pspRef', 'status', 'statusInfo', 'receiptId', 'receiptUrl'),
    amount: decimal(amount),
  };
  const id = `${request.pspRef}-${request.status}`;
  const { vatCompany } = request;
  const detail = {
    ...{ ...told, ...pick(request, 'vatNumber') },
    ...(vatCompany && {
      vatCompany: pick(vatCompany, 'name', 'address1', 'address2', 'city', 'postalCode', 'country'),
    }),
  };
  await history.add({ chargePointId, kind: 'settlement', at, id, detail });
  const time = at.toISOString();
  await events.emit(chargePointId, 'settlement', `${id}-${time}`, { ...told, at: time });
  return {};
};

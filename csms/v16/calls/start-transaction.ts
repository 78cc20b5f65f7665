import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { startTransaction as start } from '../../transactions/start.js';
import { idTagInfo } from '../id-tag-info.js';

/** 4.8: a transaction began. The CSMS gives it its id. */
export const startTransaction: Handler<'ocpp1.6', 'StartTransaction'> = async (request, context) => {
  const { connectorId, idTag, meterStart, reservationId, timestamp } = request;
  const { transactionId, authorization } = await start(
    { connectorId, idTag, meterStart, at: dateTime(timestamp), ...(reservationId !== undefined && { reservationId }) },
    context,
  );
  return { idTagInfo: idTagInfo(authorization), transactionId };
};
